import { randomUUID } from "node:crypto";
import { AndroidGenError } from "../../errors.ts";
import { buildScreen, type Element, type Screen, settle } from "../../screen/index.ts";
import {
  imageOf,
  isOfAnotherApp,
  isTurned,
  isTurnedOtherwise,
  screenUnavailable,
} from "../look/belonging.ts";
import { fromPng, type Picture } from "../look/picture.ts";
import type { DeviceInfo } from "../device.ts";
import type { Foreground } from "../look/foreground.ts";
import type { Session } from "./session.ts";

export interface ObserverOptions {
  session: Session;
  info: DeviceInfo;
  foreground: () => Promise<Foreground>;
  settling: Settling;
}

export interface Settling {
  /** Two equal trees in a row begin at least this far apart, in milliseconds. */
  quietMs: number;
  /** A screen that never rests is taken as it is after this. */
  capMs: number;
  /** A screen that looks as before an action is believed only this long after it: apps take time to react. */
  reactionMs: number;
}

/** The tree and what was in front at one moment, with the picture that was taken before it. */
interface Look {
  fingerprint: string;
  /** Without a picture; undefined where no tree can be had. */
  screen: Screen | undefined;
  why: string;
  foreground: Foreground;
  picture: Picture | Error | undefined;
}

/** Looks at one device's screen. */
export class AppiumObserver {
  readonly #options: ObserverOptions;
  /** Something was done to the device since the last screen. */
  #touched = true;
  /** The last screen's, and until when a screen like it is no answer to an action. */
  #last = "";
  #reactsUntil = 0;

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  /** Says that the screen may be another one from now on. */
  touched(): void {
    this.#touched = true;
  }

  /** Says that an action is done, to which the screen will react. */
  acted(): void {
    this.#touched = true;
    this.#reactsUntil = performance.now() + this.#options.settling.reactionMs;
  }

  /**
   * The screen as it is now. The server on the device waits for nothing, so after an action the trees tell when the
   * screen rests: two equal ones in a row, with the picture taken between them. Where nothing was done since the last
   * screen, one look is enough, unless tree and picture do not belong together. Without a tree the screen is a picture
   * only; without either this throws `SCREEN_UNAVAILABLE` (`infra`).
   */
  async screen(): Promise<Screen> {
    const look = (this.#touched ? undefined : await this.#lookOnce()) ?? (await this.#settled());
    const screen = this.#screenOf(look);
    this.#touched = false;
    this.#last = screen.fingerprint;
    return screen;
  }

  /** The elements alone, or why they cannot be had. */
  async elements(): Promise<Element[] | string> {
    const { screen, why } = await this.#look();
    return screen?.elements ?? why;
  }

  /** Undefined where tree and picture do not belong together. */
  async #lookOnce(): Promise<Look | undefined> {
    const [picture, look] = await Promise.all([this.#picture(), this.#look()]);
    return this.#belongsTogether(look, picture) ? { ...look, picture } : undefined;
  }

  async #settled(): Promise<Look> {
    let picture: Promise<Picture | Error> | undefined;
    let last = "";
    const look = async (): Promise<Look> => {
      const taken = await picture;
      const seen = await this.#look();
      const fits = taken !== undefined && this.#belongsTogether(seen, taken);
      if (!fits || seen.fingerprint !== last) {
        // Taken while the screen rests, if it does.
        picture = this.#picture();
        // It is waited for by the next look, of which there may be none.
        picture.catch(() => {});
      }
      last = seen.fingerprint;
      const believed = taken === undefined || (fits && !this.#mayReactYet(seen));
      // A look that is not to be believed equals no other.
      return { ...seen, picture: taken, fingerprint: believed ? last : `${last} ${randomUUID()}` };
    };
    const { value, settled } = await settle(look, this.#options.settling);
    return settled ? value : { ...value, picture: await picture };
  }

  #mayReactYet({ fingerprint }: Look): boolean {
    return fingerprint === this.#last && performance.now() < this.#reactsUntil;
  }

  async #look(): Promise<Look> {
    const { foreground: readForeground } = this.#options;
    const [tree, foreground] = await Promise.all([this.#tree(), readForeground()]);
    const { screen, why } = this.#build(tree, foreground);
    const inFront = [foreground.package, foreground.activity, foreground.systemDialog];
    const fingerprint = screen?.fingerprint ?? JSON.stringify(inFront);
    const look = { fingerprint, screen, why, foreground, picture: undefined };
    if (screen === undefined || isOfAnotherApp(screen.xml, foreground)) return this.#lookAgain(look);
    return look;
  }

  /** Has the device forget what it remembers of its views, and looks once more. */
  async #lookAgain(before: Look): Promise<Look> {
    const { session, foreground: readForeground } = this.#options;
    try {
      await session.read("refreshing the tree", (client) => client.resetCache());
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return before;
    }
    const [tree, foreground] = await Promise.all([this.#tree(), readForeground()]);
    const { screen, why } = this.#build(tree, foreground);
    return { ...before, screen, why, foreground, fingerprint: screen?.fingerprint ?? before.fingerprint };
  }

  /** The tree, or why the device gives none; a device that is gone is thrown. */
  async #tree(): Promise<string | AndroidGenError> {
    try {
      return await this.#options.session.read("reading the tree", (client) => client.source());
    } catch (error) {
      if (isRefusal(error)) return error;
      throw error;
    }
  }

  async #picture(): Promise<Picture | Error> {
    try {
      const png = await this.#options.session.read("taking a picture", (client) => client.screenshot());
      return await fromPng(png);
    } catch (error) {
      // A window with FLAG_SECURE has no picture; it is the foreground that tells so.
      if (isRefusal(error) || isBroken(error)) return error;
      throw error;
    }
  }

  #build(tree: string | Error, foreground: Foreground): { screen: Screen | undefined; why: string } {
    if (tree instanceof Error) return { screen: undefined, why: tree.message };
    try {
      const screen = buildScreen({
        ...this.#parts(foreground),
        ...this.#size(tree),
        treeSource: "uiautomator2",
        xml: tree,
      });
      return { screen, why: "" };
    } catch (error) {
      if (!isBroken(error)) throw error;
      return { screen: undefined, why: error.message };
    }
  }

  /** The device's size as the tree says it is turned. */
  #size(tree: string): { width: number; height: number } {
    const { width, height } = this.#options.info;
    return isTurned(tree) === true ? { width: height, height: width } : { width, height };
  }

  #parts(foreground: Foreground) {
    return {
      package: foreground.package,
      activity: foreground.activity,
      secure: foreground.secure,
      keyboardShown: foreground.keyboardShown,
      inputMethod: this.#options.info.capabilities.inputMethod,
      capturedAt: Date.now(),
    };
  }

  #belongsTogether({ screen, foreground }: Look, picture: Picture | Error): boolean {
    // Nothing has the focus while one app goes and the next one comes.
    if (foreground.package === "" || screen === undefined) return false;
    if (isOfAnotherApp(screen.xml, foreground)) return false;
    if (picture instanceof Error) return foreground.secure;
    if (picture.black && !foreground.secure) return false;
    return !isTurnedOtherwise(screen.xml, picture, this.#options.info);
  }

  #screenOf({ screen, why, foreground, picture }: Look): Screen {
    const seen = picture instanceof Error ? undefined : picture;
    const image = imageOf(picture, foreground.secure);
    if (screen !== undefined) {
      return { ...screen, ...(image && { image }) };
    }
    if (seen === undefined || image === undefined) {
      throw screenUnavailable(this.#options.info.serial, why, picture);
    }
    const { width, height } = seen;
    return buildScreen({ ...this.#parts(foreground), width, height, image, treeSource: "none", xml: "" });
  }
}

/** The device answered, and said no. */
function isRefusal(error: unknown): error is AndroidGenError {
  return AndroidGenError.isInstance(error) && error.code === "APPIUM_REFUSED";
}

/** The device answered with something that is no tree or no picture. */
function isBroken(error: unknown): error is AndroidGenError {
  const codes = ["TREE_MALFORMED", "PICTURE_BROKEN", "IMAGE_UNKNOWN"];
  return AndroidGenError.isInstance(error) && codes.includes(error.code);
}
