import { setTimeout as delay } from "node:timers/promises";
import { infraError } from "../../errors.ts";
import { type Foreground, foregroundCommand, parseForeground } from "../look/foreground.ts";
import type { AdbTransport } from "./transport.ts";

export interface DumpTimes {
  /** Bound of one command, a dump included. */
  commandMs: number;
  /** Wait before the second try of a failed dump; doubled each time. */
  retryMs: number;
}

/** What one dump gave, and what was in front right after it. */
export interface Dump {
  /** The UI tree, or why there is none. */
  tree: string | Error;
  foreground: Foreground;
}

const tries = 3;
/** A screen that never rests costs ten seconds a try, and the third finds it no calmer than the second. */
const restlessTries = 2;
/** Where the windows of so many screens in a row could not be listed, nobody asks for them any more. */
const unlistedScreens = 2;

const path = "/data/local/tmp/androidgen-window.xml";
/** Between the tree and what is in front; no text on a screen holds a line of it. */
const mark = "=== androidgen: in front ===";

/**
 * The file goes first: a dump that fails exits with 0 and would leave the tree of an earlier screen. What
 * the tool says goes to standard error, so that standard output is the tree alone. Devices older than
 * Android 11 (API 30) ignore `--windows` and write the active window.
 */
function commandFor(allWindows: boolean): string {
  const dump = `uiautomator dump ${allWindows ? "--windows " : ""}${path}`;
  return `rm -f ${path}; ${dump} >&2; cat ${path}; echo; echo '${mark}'; ${foregroundCommand}`;
}

/**
 * A file that is there and ends as it should was written just now, whatever was said: some makers' Android complains of
 * files of its own whenever a program starts.
 */
const whole = /<(?:\/(?:hierarchy|displays)|(?:hierarchy|displays)\b[^<>]*\/)>$/u;
const failure = /^\s*(?:ERROR:.*|.*null root node.*|.*could not get idle state.*|.*Exception.*|Killed)/imu;
const restless = /could not get idle state/iu;
/** Said also where there is no file. Newer versions spell the word before it right. */
const done = /dumped to:/u;
/** One program at a time may be Android's UiAutomation. A second one dies of it, and often only its log says why. */
const taken = /UiAutomationService.*already registered/iu;
const killed = /^\s*Killed/mu;

/** Reads the UI tree of one device. */
export class TreeDumper {
  readonly #transport: AdbTransport;
  readonly #times: DumpTimes;
  /** Screens in a row whose windows could not be listed, though the active one could be read. */
  #unlisted = 0;

  constructor(transport: AdbTransport, times: DumpTimes) {
    this.#transport = transport;
    this.#times = times;
  }

  /**
   * The tree of the screen as it is when it rests: `uiautomator dump` waits until nothing has happened for a
   * second. Throws `UIAUTOMATION_TAKEN` (`infra`) where another program keeps the device's UI tree to itself.
   *
   * The tool asks for the list of windows at once after it has said that it wants one (AOSP DumpCommand), and newer
   * versions of Android make it only then: it may still be empty, and then no file is written, or lack windows.
   * Where the active one is not in it, the next try reads that one alone, as it has always been read.
   */
  async dump(): Promise<Dump> {
    let allWindows = this.#unlisted < unlistedScreens;
    let unlisted = false;
    /** A list without the active window is better than nothing. */
    let spare = "";
    for (let attempt = 1; ; attempt++) {
      const { tree, said, foreground } = await this.#run(allWindows);
      const listed = tree.startsWith("<displays", tree.indexOf("?>") + 2);
      if (tree !== "" && (!listed || /<window\b[^<]* active="true"/u.test(tree))) {
        this.#unlisted = listed ? 0 : this.#unlisted + (unlisted ? 1 : 0);
        return { tree, foreground };
      }
      if (allWindows && (listed || done.test(said))) [allWindows, unlisted] = [false, true];
      if (tree.includes("<node")) spare = tree;
      if (attempt === tries || (attempt === restlessTries && restless.test(said))) {
        if (spare !== "") return { tree: spare, foreground };
        if (taken.test(said) || (killed.test(said) && (await this.#appiumRuns()))) {
          throw uiAutomationTaken(this.#transport.serial);
        }
        const complaint = failure.exec(said)?.[0].trim() ?? (said.trim() || "it wrote no file");
        return { tree: new Error(`uiautomator dump: ${complaint}`), foreground };
      }
      await delay(this.#times.retryMs * 2 ** (attempt - 1));
    }
  }

  /** What the tool wrote, empty where there is no file or not all of it, and what it said. */
  async #run(allWindows: boolean): Promise<{ tree: string; said: string; foreground: Foreground }> {
    const { stdout, stderr } = await this.#transport.run(commandFor(allWindows), {
      timeoutMs: this.#times.commandMs,
      repeatable: true,
      purpose: "reading the UI tree",
    });
    const output = stdout.toString();
    const end = output.lastIndexOf(`\n${mark}`);
    const foreground = parseForeground(end < 0 ? "" : output.slice(end + mark.length));
    const dumped = end < 0 ? output : output.slice(0, end);
    // The legacy shell has one stream for both.
    const start = dumped.indexOf("<?xml");
    const said = `${stderr.toString()}\n${start < 0 ? dumped : dumped.slice(0, start)}`;
    const tree = start < 0 ? "" : dumped.slice(start).trim();
    return { tree: whole.test(tree) ? tree : "", said, foreground };
  }

  async #appiumRuns(): Promise<boolean> {
    const options = { timeoutMs: this.#times.commandMs, repeatable: true };
    const { stdout } = await this.#transport.run("pidof io.appium.uiautomator2.server", options);
    return stdout.length > 0 && /\d/u.test(stdout.toString());
  }
}

function uiAutomationTaken(serial: string): Error {
  return infraError(
    "UIAUTOMATION_TAKEN",
    `another program holds the UI tree of ${serial}, most likely Appium: end it with ` +
      `"adb -s ${serial} shell am force-stop io.appium.uiautomator2.server", or use the driver appium`,
  );
}
