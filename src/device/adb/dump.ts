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

const path = "/data/local/tmp/androidgen-window.xml";
/** Between the tree and what is in front; no text on a screen holds a line of it. */
const mark = "=== androidgen: in front ===";
/**
 * The file goes first: a dump that fails exits with 0 and would leave the tree of an earlier screen. What
 * the tool says goes to standard error, so that standard output is the tree alone. Devices older than
 * Android 11 (API 30) ignore `--windows` and write the active window.
 */
const command = `rm -f ${path}; uiautomator dump --windows ${path} >&2; cat ${path}; echo; echo '${mark}'; ${foregroundCommand}`;

/**
 * A file that is there and ends as it should was written just now, whatever was said: some makers' Android complains of
 * files of its own whenever a program starts.
 */
const whole = /<(?:\/(?:hierarchy|displays)|(?:hierarchy|displays)\b[^<>]*\/)>$/u;
const failure = /^\s*(?:ERROR:.*|.*null root node.*|.*could not get idle state.*|.*Exception.*|Killed)/imu;
const restless = /could not get idle state/iu;
/** One program at a time may be Android's UiAutomation. A second one dies of it, and often only its log says why. */
const taken = /UiAutomationService.*already registered/iu;
const killed = /^\s*Killed/mu;

/**
 * The tree of the screen as it is when it rests: `uiautomator dump` waits until nothing has happened for a
 * second. Throws `UIAUTOMATION_TAKEN` (`infra`) where another program keeps the device's UI tree to itself.
 */
export async function dumpTree(transport: AdbTransport, times: DumpTimes): Promise<Dump> {
  for (let attempt = 1; ; attempt++) {
    const result = await transport.run(command, {
      timeoutMs: times.commandMs,
      repeatable: true,
      purpose: "reading the UI tree",
    });
    const output = result.stdout.toString();
    const end = output.lastIndexOf(`\n${mark}`);
    const foreground = parseForeground(end < 0 ? "" : output.slice(end + mark.length));
    const dumped = end < 0 ? output : output.slice(0, end);
    // The legacy shell has one stream for both.
    const start = dumped.indexOf("<?xml");
    const said = `${result.stderr.toString()}\n${start < 0 ? dumped : dumped.slice(0, start)}`;
    const tree = start < 0 ? "" : dumped.slice(start).trim();
    if (whole.test(tree)) return { tree, foreground };
    const complaint = failure.exec(said)?.[0].trim();
    if (attempt === tries || (attempt === restlessTries && restless.test(said))) {
      if (taken.test(said) || (killed.test(said) && (await appiumRuns(transport, times)))) {
        throw uiAutomationTaken(transport.serial);
      }
      return {
        tree: new Error(`uiautomator dump: ${complaint ?? (said.trim() || "it wrote no file")}`),
        foreground,
      };
    }
    await delay(times.retryMs * 2 ** (attempt - 1));
  }
}

async function appiumRuns(transport: AdbTransport, { commandMs }: DumpTimes): Promise<boolean> {
  const options = { timeoutMs: commandMs, repeatable: true };
  const { stdout } = await transport.run("pidof io.appium.uiautomator2.server", options);
  return stdout.length > 0 && /\d/u.test(stdout.toString());
}

function uiAutomationTaken(serial: string): Error {
  return infraError(
    "UIAUTOMATION_TAKEN",
    `another program holds the UI tree of ${serial}, most likely Appium: end it with ` +
      `"adb -s ${serial} shell am force-stop io.appium.uiautomator2.server", or use the driver appium`,
  );
}
