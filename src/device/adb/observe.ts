import { errorMessage } from "../../errors.ts";
import {
  buildScreen,
  type Element,
  elementsFromTree,
  parseTree,
  type Screen,
  type Tree,
} from "../../screen/index.ts";
import type { DeviceInfo } from "../device.ts";
import { type Foreground, foregroundCommand, parseForeground } from "../look/foreground.ts";
import { imageOf, isOfAnotherApp, isTurnedOtherwise, screenUnavailable } from "../look/belonging.ts";
import type { Picture } from "../look/picture.ts";
import { DumpAhead } from "./ahead.ts";
import { lightScreen } from "./awake.ts";
import { type Dump, type DumpTimes, TreeDumper } from "./dump.ts";
import { EarlyPictures, restMs } from "./early-pictures.ts";
import { PictureTaker } from "./picture.ts";
import type { AdbTransport } from "./transport.ts";

/** Looks at the screen until tree and picture belong together; the last ones are given as they are. */
const takes = 3;
/** How much one dump says of how long they usually take. */
const oneDump = 0.3;

export async function readForeground(transport: AdbTransport, timeoutMs: number): Promise<Foreground> {
  const purpose = "reading what is in front";
  const { stdout } = await transport.run(foregroundCommand, { timeoutMs, repeatable: true, purpose });
  return parseForeground(stdout.toString());
}

/** A tree, a picture and what was in front, taken at about the same time. */
interface Take {
  tree: string | Error;
  picture: Picture | Error;
  /** What was in front when the tree was read, and when the picture was taken. */
  withTree: Foreground;
  withPicture: Foreground;
  capturedAt: number;
}

/** Looks at one device's screen. */
export class Observer {
  readonly #transport: AdbTransport;
  readonly #info: DeviceInfo;
  readonly #times: DumpTimes;
  readonly #trees: TreeDumper;
  readonly #pictures: PictureTaker;
  /** Milliseconds that a dump usually takes. */
  #dumpMs: number | undefined;
  /** Something was done to the device since the last look. */
  #touched = false;
  #ahead: DumpAhead | undefined;
  #last: { tree: string; picture: Picture } | undefined;

  constructor(transport: AdbTransport, info: DeviceInfo, times: DumpTimes) {
    this.#transport = transport;
    this.#info = info;
    this.#times = times;
    this.#trees = new TreeDumper(transport, times);
    this.#pictures = new PictureTaker(transport, times.commandMs, (way) => {
      info.capabilities.picture = way;
    });
  }

  /** Says that the screen may be another one from now on. */
  touched(): void {
    this.#touched = true;
    this.#ahead?.touched();
  }

  /**
   * Has a short touch carried out while the dump that will look at its outcome starts, where dumps take so long
   * that this saves time.
   */
  async touching(touch: () => Promise<void>): Promise<void> {
    if (this.#dumpMs === undefined || this.#dumpMs < restMs) return touch();
    await this.#ahead?.take();
    const ahead = new DumpAhead(this.#trees.dump());
    this.#ahead = ahead;
    await touch();
    ahead.touched();
  }

  /**
   * The screen as it is now. `uiautomator dump` waits until the screen rests, so nothing else here waits
   * for it.
   *
   * Both are taken again, three times in all, when they do not belong together: another activity came to
   * the front in between, nothing is in front, the tree is of another app or turned otherwise than the
   * picture (it can be stale after a snapshot was restored), the picture is black though the tree is not
   * empty, or, after an action, the picture is new and the tree is not. A screen that went dark is lit for it. A
   * picture that stays black is left out. Without a tree the screen is a picture only; without either this throws
   * `SCREEN_UNAVAILABLE` (`infra`).
   */
  async screen(): Promise<Screen> {
    for (let count = 1; ; count++) {
      const take = await this.#take();
      if (count === 1 && mayBeDark(take) && (await lightScreen(this.#transport, this.#times.commandMs)))
        continue;
      if (count < takes && this.#isOff(take, count)) continue;
      this.#remember(take);
      return screenOf(take, this.#info);
    }
  }

  /** The elements alone, without a picture, or why they cannot be had. */
  async elements(): Promise<Element[] | string> {
    const { tree: xml } = await this.#dump();
    if (xml instanceof Error) return xml.message;
    let tree: Tree;
    try {
      tree = parseTree(xml);
    } catch (error) {
      return errorMessage(error);
    }
    // The tree is as the screen is turned; without a picture, the longer side may be either.
    const turned = tree.rotation % 2 === 1;
    const { width, height } = this.#info;
    return elementsFromTree(tree, {
      width: turned ? height : width,
      height: turned ? width : height,
      inputMethod: this.#info.capabilities.inputMethod,
    });
  }

  /**
   * The picture is taken while the dump waits for the screen to rest, and kept where the dump then says
   * that nothing has happened since; else it is taken again after the dump.
   */
  async #take(): Promise<Take> {
    const early = this.#earlyPictures();
    let dump: Dump;
    try {
      dump = await this.#dump();
    } finally {
      early.stop();
    }
    const restedSince = performance.now() - restMs;
    const capturedAt = Date.now();
    const { tree, foreground } = dump;
    if (typeof tree === "string") {
      const picture = await early.since(restedSince);
      if (picture !== undefined) {
        return { tree, picture, withTree: foreground, withPicture: foreground, capturedAt };
      }
    }
    const [late, withPicture] = await Promise.all([
      this.#pictures.take(),
      readForeground(this.#transport, this.#times.commandMs),
    ]);
    return { tree, picture: late, withTree: foreground, withPicture, capturedAt: Date.now() };
  }

  /**
   * Pictures for a dump of the usual length: the first is begun as early as it can be of use, and the next when the
   * one before would be too old for a dump that goes on. None where nobody knows yet how long a dump takes.
   */
  #earlyPictures(): EarlyPictures {
    const pictures = new EarlyPictures(() => this.#pictures.take());
    if (this.#dumpMs !== undefined) pictures.begin(this.#dumpMs - restMs);
    return pictures;
  }

  async #dump(): Promise<Dump> {
    const ahead = await this.#ahead?.take();
    this.#ahead = undefined;
    if (ahead !== undefined) return ahead;
    const start = performance.now();
    const dump = await this.#trees.dump();
    if (typeof dump.tree === "string") {
      const ms = performance.now() - start;
      this.#dumpMs = this.#dumpMs === undefined ? ms : this.#dumpMs + oneDump * (ms - this.#dumpMs);
      this.#info.capabilities.windows = /<display\b/u.test(dump.tree);
    }
    return dump;
  }

  #isOff({ tree, picture, withTree, withPicture }: Take, count: number): boolean {
    const moved = withTree.package !== withPicture.package || withTree.activity !== withPicture.activity;
    // Nothing has the focus while one app goes and the next one comes.
    if (moved || withPicture.package === "") return true;
    if (tree instanceof Error) return false;
    if (isOfAnotherApp(tree, withPicture)) return true;
    if (picture instanceof Error) return false;
    if (picture.black && !withPicture.secure) return true;
    return isTurnedOtherwise(tree, picture, this.#info) || (count === 1 && this.#isOlder(tree, picture));
  }

  /** After an action, what is new in the picture would be in the tree as well. */
  #isOlder(tree: string, picture: Picture): boolean {
    if (!this.#touched || tree !== this.#last?.tree) return false;
    // Files of the same pixels differ where another program packed them.
    const last = this.#last.picture;
    return picture.way === last.way && picture.image.sha256 !== last.image.sha256;
  }

  #remember({ tree, picture }: Take): void {
    this.#touched = false;
    this.#last = tree instanceof Error || picture instanceof Error ? undefined : { tree, picture };
  }
}

/** Of a dark screen there is no tree or that of the lock, and a picture that is black or shows a clock. */
function mayBeDark({ tree, picture, withPicture }: Take): boolean {
  const black = !(picture instanceof Error) && picture.black;
  return black || tree instanceof Error || withPicture.package === "com.android.systemui";
}

function screenOf({ tree, picture, withPicture, capturedAt }: Take, info: DeviceInfo): Screen {
  const seen = picture instanceof Error ? undefined : picture;
  const image = imageOf(picture, withPicture.secure);
  const parts = {
    // The picture is as the screen is turned now; the device's own size is not.
    width: seen?.width ?? info.width,
    height: seen?.height ?? info.height,
    package: withPicture.package,
    activity: withPicture.activity,
    secure: withPicture.secure,
    keyboardShown: withPicture.keyboardShown,
    inputMethod: info.capabilities.inputMethod,
    capturedAt,
    ...(image && { image }),
  };
  const pictureOnly = (why: Error): Screen => {
    if (image === undefined) throw screenUnavailable(info.serial, why.message, picture, why);
    return buildScreen({ ...parts, treeSource: "none", xml: "" });
  };
  if (tree instanceof Error) return pictureOnly(tree);
  try {
    return buildScreen({ ...parts, treeSource: "uiautomator", xml: tree });
  } catch (error) {
    return pictureOnly(error instanceof Error ? error : new Error(errorMessage(error)));
  }
}
