import type { AppContext, ContentProvider } from "../../system/services.ts";
import {
  segmentsOf,
  selectIds,
  selectRows,
  transaction,
  unknownUri,
  updateRows,
  type Source,
} from "../sql-provider.ts";
import { MIMETYPE, minMatch } from "./mimetypes.ts";
import {
  deleteContacts,
  deleteData,
  insertData,
  insertRawContact,
  openContacts,
  updateData,
} from "./store.ts";

const AUTHORITY = "com.android.contacts";

/** `content://com.android.contacts/…` (ContactsContract). */
export function contactsProvider(context: AppContext): ContentProvider {
  const open = () => openContacts(context);
  return {
    authority: AUTHORITY,
    query: (path, query) => selectRows(open(), sourceOf(path), query),
    insert(path, values) {
      const db = open();
      const segments = segmentsOf(path);
      const now = context.clock.now();
      if (segments.length === 1 && segments[0] === "raw_contacts")
        return `raw_contacts/${transaction(db, () => insertRawContact(db, values, now))}`;
      if (segments.length === 1 && segments[0] === "data")
        return `data/${transaction(db, () => insertData(db, values, now))}`;
      if (segments.length === 3 && segments[0] === "raw_contacts" && segments[2] === "data") {
        const owned = { ...values, raw_contact_id: Number(segments[1]) };
        return `data/${transaction(db, () => insertData(db, owned, now))}`;
      }
      throw unknownUri(AUTHORITY, path);
    },
    update(path, values, where, args) {
      const db = open();
      const source = sourceOf(path);
      const ids = selectIds(db, source, where, args);
      if (source.from === "view_data")
        return transaction(db, () => updateData(db, values, ids, context.clock.now()));
      if (source.from === "view_contacts") {
        // A star on the contact is a star on what it is made of.
        for (const id of ids) {
          const own = selectIds(
            db,
            { from: "raw_contacts", where: "contact_id = ?", args: [id] },
            undefined,
            [],
          );
          updateRows(db, "raw_contacts", values, own);
        }
        return updateRows(db, "contacts", values, ids);
      }
      if (source.from === "view_raw_contacts") return updateRows(db, "raw_contacts", values, ids);
      throw unknownUri(AUTHORITY, path);
    },
    delete(path, where, args) {
      const db = open();
      const source = sourceOf(path);
      const now = context.clock.now();
      const ids = selectIds(db, source, where, args);
      if (source.from === "view_data") return transaction(db, () => deleteData(db, ids, now));
      if (source.from === "view_contacts") return transaction(db, () => deleteContacts(db, ids, now));
      if (source.from !== "view_raw_contacts") throw unknownUri(AUTHORITY, path);
      const rows = ids.flatMap((id) => db.all("SELECT contact_id FROM raw_contacts WHERE _id = ?", [id]));
      const contacts = rows.map((row) => Number(row["contact_id"]));
      return transaction(db, () => deleteContacts(db, contacts, now));
    },
  };
}

/** `content://contacts/…`: the interface of Android 1, which tools still use to list numbers. */
export function legacyContactsProvider(context: AppContext): ContentProvider {
  const readOnly = (path: string): never => {
    throw unknownUri("contacts", path);
  };
  return {
    authority: "contacts",
    query(path, query) {
      const [kind, id, part] = segmentsOf(path);
      const db = openContacts(context);
      if (kind === "people" && id !== undefined && part === "phones")
        return selectRows(db, { from: "view_v1_phones", where: "person = ?", args: [Number(id)] }, query);
      const from = { people: "view_v1_people", phones: "view_v1_phones" }[kind ?? ""];
      if (from === undefined || part !== undefined) throw unknownUri("contacts", path);
      return selectRows(db, byId({ from, sort: "display_name COLLATE NOCASE, _id" }, id), query);
    },
    insert: readOnly,
    update: readOnly,
    delete: readOnly,
  };
}

function sourceOf(path: string): Source {
  const [kind, ...rest] = segmentsOf(path);
  const source =
    kind === "contacts"
      ? contactSource(rest)
      : kind === "raw_contacts"
        ? rawContactSource(rest)
        : kind === "data"
          ? dataSource(rest)
          : kind === "phone_lookup" && rest.length === 1
            ? { from: "view_phone_lookup", where: "min_match = ?", args: [minMatch(rest[0]!)] }
            : kind === "deleted_contacts" && rest.length === 0
              ? { from: "deleted_contacts" }
              : undefined;
  if (source === undefined) throw unknownUri(AUTHORITY, path);
  return source;
}

function contactSource([first, second, third]: string[]): Source | undefined {
  const source = { from: "view_contacts", sort: "sort_key, _id" };
  if (first === "filter") return { ...source, where: "display_name LIKE ?", args: [`%${second ?? ""}%`] };
  if (first === "lookup") {
    const byKey = { ...source, where: "lookup = ?", args: [second ?? ""] };
    return third === undefined
      ? byKey
      : { ...byKey, where: "lookup = ? AND _id = ?", args: [second!, Number(third)] };
  }
  if (second === "data" || second === "entities")
    return { from: "view_data", where: "contact_id = ?", args: [Number(first)], sort: "_id" };
  return second === undefined ? byId(source, first) : undefined;
}

function rawContactSource([first, second]: string[]): Source | undefined {
  if (second === "data") return { from: "view_data", where: "raw_contact_id = ?", args: [Number(first)] };
  return second === undefined
    ? byId({ from: "view_raw_contacts", where: "deleted = 0", sort: "_id" }, first)
    : undefined;
}

function dataSource([first, second, third]: string[]): Source | undefined {
  const kind = { phones: MIMETYPE.phone, emails: MIMETYPE.email }[first ?? ""];
  if (kind === undefined)
    return second === undefined ? byId({ from: "view_data", sort: "_id" }, first) : undefined;
  const source = { from: "view_data", where: "mimetype = ?", args: [kind], sort: "sort_key, _id" };
  if (second !== "filter") return byId(source, second);
  const like = `%${third ?? ""}%`;
  return {
    ...source,
    where: `${source.where} AND (display_name LIKE ? OR data1 LIKE ?)`,
    args: [kind, like, like],
  };
}

function byId(source: Source, id: string | undefined): Source {
  if (id === undefined) return source;
  return {
    ...source,
    where: source.where === undefined ? "_id = ?" : `${source.where} AND _id = ?`,
    args: [...(source.args ?? []), Number(id)],
  };
}
