import { setTimeout as delay } from "node:timers/promises";
import { AndroidGenError, errorMessage, infraError } from "../../errors.ts";
import {
  buildScreen,
  type Element,
  elementsFromTree,
  parseTree,
  type Screen,
  screenImage,
  type ScreenImage,
} from "../../screen/index.ts";
import type { DeviceInfo } from "../device.ts";
import { type Foreground, foregroundCommand, parseForeground } from "../foreground.ts";
import { pngSize } from "./png.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

export interface ObserveTimes {
  /** Bound of one command. */
  commandMs: number;
  /** Wait before the second try of a failed dump; doubled each time. */
  retryMs: number;
}

/** Tries of a tree dump, and of a tree and a picture that belong together. */
const dumpTries = 3;
const takes = 3;

const dumpPath = "/data/local/tmp/androidgen-window.xml";
/**
 * The file goes first: a dump that fails exits with 0 and would leave the tree of an earlier screen.
 * What the tool says goes to standard error, so that standard output is the tree alone.
 */
const dumpCommand = `rm -f ${dumpPath}; uiautomator dump ${dumpPath} >&2; cat ${dumpPath}`;
const dumpFailure =
  /^\s*(?:ERROR:.*|.*null root node.*|.*could not get idle state.*|.*Exception.*|Killed)/imu;

export async function readForeground(transport: AdbTransport, timeoutMs: number): Promise<Foreground> {
  const { stdout } = await transport.run(foregroundCommand, { timeoutMs });
  return parseForeground(stdout.toString());
}

/**
 * The screen as it is now. `uiautomator dump` waits until the screen stands still, so nothing else
 * here waits for it.
 *
 * Tree and picture are taken one after the other. When another app came to the front in between, when
 * nothing is in front, or when the tree is of another app than the one in front (it can be stale after
 * a snapshot was restored), both are taken again, three times in all; then the last take is given.
 * Without a tree the screen is a picture only; without either, this throws `SCREEN_UNAVAILABLE`
 * (`infra`).
 */
export async function observe(
  transport: AdbTransport,
  info: DeviceInfo,
  times: ObserveTimes,
): Promise<Screen> {
  for (let take = 1; ; take++) {
    const before = await readForeground(transport, times.commandMs);
    const xml = await dumpTree(transport, times);
    const [picture, after] = await Promise.all([
      takePicture(transport, times.commandMs),
      readForeground(transport, times.commandMs),
    ]);
    const capturedAt = Date.now();
    if (xml instanceof Error && picture instanceof Error) {
      throw infraError(
        "SCREEN_UNAVAILABLE",
        `neither a UI tree nor a picture could be had of ${transport.serial}: ${xml.message}; ${picture.message}`,
        picture,
      );
    }
    const together = before.package === after.package && before.activity === after.activity;
    const stale = typeof xml === "string" && isStale(xml, after);
    // Nothing has the focus while one app goes and the next one comes.
    const settled = after.package !== "";
    if ((together && settled && !stale) || take === takes) {
      const image = picture instanceof Error ? undefined : picture;
      return screenOf({ xml: xml instanceof Error ? "" : xml, image, foreground: after, info, capturedAt });
    }
  }
}

/** The elements alone, without a picture, or why they cannot be had. */
export async function observeElements(
  transport: AdbTransport,
  info: DeviceInfo,
  times: ObserveTimes,
): Promise<Element[] | string> {
  const xml = await dumpTree(transport, times);
  if (xml instanceof Error) return xml.message;
  // The tree is as the screen is turned; without a picture, the longer side may be either.
  const tree = parseTree(xml);
  const turned = tree.rotation % 2 === 1;
  return elementsFromTree(tree, {
    width: turned ? info.height : info.width,
    height: turned ? info.width : info.height,
  });
}

/** A tree in which nothing belongs to the app in front is an older screen's. */
function isStale(xml: string, foreground: Foreground): boolean {
  return (
    foreground.package !== "" &&
    foreground.systemDialog === "" &&
    !xml.includes(`package="${foreground.package}"`)
  );
}

/** The fresh tree as XML, or why there is none. */
async function dumpTree(transport: AdbTransport, times: ObserveTimes): Promise<string | Error> {
  let failure = new Error("no dump was tried");
  for (let attempt = 0; attempt < dumpTries; attempt++) {
    if (attempt > 0) await delay(times.retryMs * 2 ** (attempt - 1));
    const result = await transport.run(dumpCommand, { timeoutMs: times.commandMs });
    const output = result.stdout.toString();
    // The legacy shell has one stream for both.
    const start = output.indexOf("<?xml");
    const said = `${result.stderr.toString()}\n${start < 0 ? output : output.slice(0, start)}`;
    const complaint = dumpFailure.exec(said)?.[0].trim();
    if (complaint === undefined && start >= 0) return output.slice(start).trim();
    failure = new Error(`uiautomator dump: ${complaint ?? (said.trim() || "it wrote no file")}`);
  }
  return failure;
}

/** The picture, or why there is none; a device that is gone is thrown. */
async function takePicture(
  transport: AdbTransport,
  timeoutMs: number,
): Promise<(ScreenImage & { width: number; height: number }) | Error> {
  const bytes = transport.features.includes("shell_v2")
    ? (await transport.run(commandLine(["screencap", "-p"]), { timeoutMs })).stdout
    : await transport.exec(commandLine(["screencap", "-p"]), { timeoutMs });
  try {
    return { ...pngSize(bytes), ...screenImage(bytes) };
  } catch (error) {
    if (AndroidGenError.isInstance(error)) return error;
    throw error;
  }
}

interface Taken {
  xml: string;
  image: (ScreenImage & { width: number; height: number }) | undefined;
  foreground: Foreground;
  info: DeviceInfo;
  capturedAt: number;
}

function screenOf({ xml, image, foreground, info, capturedAt }: Taken): Screen {
  const parts = {
    // The picture is as the screen is turned now; the device's own size is not.
    width: image?.width ?? info.width,
    height: image?.height ?? info.height,
    package: foreground.package,
    activity: foreground.activity,
    secure: foreground.secure,
    keyboardShown: foreground.keyboardShown,
    capturedAt,
    ...(image && { image: { sha256: image.sha256, bytes: image.bytes, mediaType: image.mediaType } }),
  };
  const pictureOnly = (): Screen => buildScreen({ ...parts, treeSource: "none", xml: "" });
  if (xml === "") return pictureOnly();
  try {
    return buildScreen({ ...parts, treeSource: "uiautomator", xml });
  } catch (error) {
    if (image === undefined) throw infraError("SCREEN_UNAVAILABLE", errorMessage(error), error);
    return pictureOnly();
  }
}
