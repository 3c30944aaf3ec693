import { AndroidGenError } from "../../errors.ts";
import { screenImage } from "../../screen/index.ts";
import { fromPng, loadSharp, type Picture, type PictureWay } from "../look/picture.ts";
import { activePanel } from "./panel.ts";
import { commandLine } from "./quote.ts";
import { type RawFrame, rawFrame } from "./raw-frame.ts";
import type { AdbTransport } from "./transport.ts";

/** The picture, or why there is none; a device that is gone is thrown. */
async function takePicture(
  transport: AdbTransport,
  way: PictureWay,
  panel: string | undefined,
  timeoutMs: number,
): Promise<Picture | Error> {
  const which = panel === undefined ? [] : ["-d", panel];
  const screencap = commandLine(["screencap", ...(way === "png" ? ["-p"] : []), ...which]);
  // Without a shell protocol both streams are one, and of a device with several displays it warns on the second.
  const command = `${screencap} 2>/dev/null`;
  // As `adb exec-out` does: ten megabytes come sooner unframed, and a picture shows by itself if it is whole.
  const bytes = await transport.exec(command, { timeoutMs, repeatable: true });
  try {
    return way === "png" ? await fromPng(bytes) : await fromRaw(rawFrame(bytes));
  } catch (error) {
    if (AndroidGenError.isInstance(error)) return error;
    throw error;
  }
}

/** As a PNG whose size matters less than its time: whoever keeps it packs it better. */
async function fromRaw({ width, height, pixels }: RawFrame): Promise<Picture> {
  const sharp = await loadSharp();
  const bytes = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { way: "raw", width, height, image: screenImage(bytes), black: isBlack(pixels) };
}

function isBlack(rgba: Buffer): boolean {
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at] !== 0 || rgba[at + 1] !== 0 || rgba[at + 2] !== 0) return false;
  }
  return true;
}

/** Pictures of each way before one is chosen: a single one may be slow by chance. */
const tries = 3;

/**
 * Takes pictures the faster way of this device: a PNG is packed by the device, raw pixels are more to send
 * and are packed here. The first pictures try both in turn; the fastest of each, from asking to a finished
 * PNG, decide for all others.
 */
export class PictureTaker {
  readonly #transport: AdbTransport;
  readonly #timeoutMs: number;
  readonly #decided: (way: PictureWay) => void;
  readonly #taken: Record<PictureWay, number[]> = { png: [], raw: [] };
  #way: PictureWay | undefined;
  /** The panel to take pictures of, once it is known. */
  #panel: { id: string | undefined } | undefined;

  constructor(transport: AdbTransport, timeoutMs: number, decided: (way: PictureWay) => void) {
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
    this.#decided = decided;
  }

  async take(): Promise<Picture | Error> {
    if (this.#way === undefined) return this.#try();
    const picture = await this.#take(this.#way);
    // Pixels come in another format while an app with wide colours is in front.
    return picture instanceof Error && this.#way === "raw" ? this.#take("png") : picture;
  }

  async #take(way: PictureWay): Promise<Picture | Error> {
    const panel = await this.#whichPanel();
    const picture = await takePicture(this.#transport, way, panel, this.#timeoutMs);
    // A phone that was folded meanwhile shows its screen on another one.
    if (panel !== undefined && (picture instanceof Error || picture.black)) this.#panel = undefined;
    return picture;
  }

  async #whichPanel(): Promise<string | undefined> {
    this.#panel ??= { id: await activePanel(this.#transport, this.#timeoutMs) };
    return this.#panel.id;
  }

  async #try(): Promise<Picture | Error> {
    const { png, raw } = this.#taken;
    const way = png.length > raw.length ? "raw" : "png";
    // What is done once is no matter of one way or the other.
    await Promise.all([loadSharp(), this.#whichPanel()]);
    const start = performance.now();
    const picture = await this.#take(way);
    this.#taken[way].push(performance.now() - start);
    // Pixels in a format that is not known are no way, however fast.
    const unreadable = way === "raw" && picture instanceof Error;
    if (unreadable) this.#choose("png");
    else if (raw.length === tries) this.#choose(Math.min(...raw) < Math.min(...png) ? "raw" : "png");
    return unreadable ? this.#take("png") : picture;
  }

  #choose(way: PictureWay): void {
    this.#way = way;
    this.#decided(way);
  }
}
