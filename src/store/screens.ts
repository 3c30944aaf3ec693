import type { Insertable, Kysely, Transaction } from "kysely";
import type { Element, Screen, ScreenImage, TreeSource } from "../screen/index.ts";
import type { Blobs } from "./blobs.ts";
import { compactPicture, type Picture } from "./pictures.ts";
import type { BlobTable, Schema, ScreenTable } from "./schema.ts";

/** A screen whose files are on disk and whose row is still to be written. */
export interface SavedScreen {
  row: Insertable<ScreenTable>;
  blobs: BlobTable[];
}

export interface Screens {
  /** Writes the screen's files. Its row follows with the record that needs it. */
  save(screen: Screen): Promise<SavedScreen>;
  /** The screen as it was recorded; with its picture only where asked for. */
  load(id: number, options?: { image?: boolean }): Promise<Screen>;
  /** The picture alone, as it was recorded; undefined where there is none. */
  picture(id: number): Promise<ScreenImage | undefined>;
}

export function createScreens(db: Kysely<Schema>, blobs: Blobs): Screens {
  const blobOf = (sha256: string) =>
    db.selectFrom("blob").selectAll().where("sha256", "=", sha256).executeTakeFirstOrThrow();
  const pictureOf = async (sha256: string): Promise<ScreenImage> => {
    const blob = await blobOf(sha256);
    return {
      sha256,
      bytes: await blobs.get(blob),
      mediaType: blob.media_type as ScreenImage["mediaType"],
    };
  };

  return {
    async save(screen) {
      const [elements, xml, image] = await Promise.all([
        blobs.putText(JSON.stringify(screen.elements), "json"),
        screen.xml === "" ? undefined : blobs.putText(screen.xml, "xml"),
        screen.image === undefined ? undefined : putPicture(blobs, screen.image),
      ]);
      const row = {
        fingerprint: screen.fingerprint,
        package: screen.package,
        activity: screen.activity,
        width: screen.width,
        height: screen.height,
        rotation: screen.rotation,
        tree_source: screen.treeSource,
        secure: Number(screen.secure),
        keyboard_shown: Number(screen.keyboardShown),
        captured_at: screen.capturedAt,
        elements_sha256: elements.sha256,
        xml_sha256: xml?.sha256 ?? null,
        image_sha256: image?.sha256 ?? null,
      };
      return { row, blobs: [elements, xml, image].filter((blob) => blob !== undefined) };
    },

    async load(id, options = {}) {
      const row = await db.selectFrom("screen").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
      const elements = JSON.parse(await blobs.getText(await blobOf(row.elements_sha256))) as Element[];
      const xml = row.xml_sha256 === null ? "" : await blobs.getText(await blobOf(row.xml_sha256));
      const screen: Screen = {
        width: row.width,
        height: row.height,
        rotation: row.rotation,
        package: row.package,
        activity: row.activity,
        elements,
        treeSource: row.tree_source as TreeSource,
        xml,
        secure: row.secure === 1,
        keyboardShown: row.keyboard_shown === 1,
        capturedAt: row.captured_at,
        fingerprint: row.fingerprint,
      };
      if (options.image === true && row.image_sha256 !== null) {
        screen.image = await pictureOf(row.image_sha256);
      }
      return screen;
    },

    async picture(id) {
      const { image_sha256 } = await db
        .selectFrom("screen")
        .select("image_sha256")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      return image_sha256 === null ? undefined : await pictureOf(image_sha256);
    },
  };
}

export async function putPicture(blobs: Blobs, image: Picture): Promise<BlobTable> {
  const { bytes, mediaType } = await compactPicture(image);
  return blobs.put(bytes, mediaType);
}

/** Writes the screen's row, and the rows of its files, in the caller's transaction. */
export async function insertScreen(trx: Transaction<Schema>, screen: SavedScreen): Promise<number> {
  await insertBlobs(trx, screen.blobs);
  const { id } = await trx.insertInto("screen").values(screen.row).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertBlobs(trx: Transaction<Schema>, blobs: readonly BlobTable[]): Promise<void> {
  if (blobs.length === 0) return;
  await trx
    .insertInto("blob")
    .values([...blobs])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
