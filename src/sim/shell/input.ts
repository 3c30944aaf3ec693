import { typeThroughInputMethod } from "../system/input-methods.ts";
import type { Phone } from "../system/phone.ts";
import { KEY } from "../ui/keycodes.ts";
import { fail, ok, thrown, type CommandContext, type Output } from "./command.ts";
import { keyCode } from "./key-codes.ts";

const sources = new Set([
  "dpad",
  "gamepad",
  "joystick",
  "keyboard",
  "mouse",
  "rotaryencoder",
  "stylus",
  "touchnavigation",
  "touchpad",
  "touchscreen",
  "trackball",
]);

const usage = [
  "Usage: input [<source>] [-d DISPLAY_ID] <command> [<arg>...]",
  "",
  "The commands and default sources are:",
  "      text <string> (Default: touchscreen)",
  "      keyevent [--longpress|--doubletap] <key code number or name> ... (Default: keyboard)",
  "      tap <x> <y> (Default: touchscreen)",
  "      swipe <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)",
  "      draganddrop <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)",
  "      press (Default: trackball)",
  "      roll <dx> <dy> (Default: trackball)",
  "      motionevent <DOWN|UP|MOVE|CANCEL> <x> <y> (Default: touchscreen)",
  "      keycombination [-t duration(ms)] <key code 1> <key code 2> ... (Default: keyboard)",
].join("\n");

/** ViewConfiguration's touch slop of 8 dp at 420 dpi, and its default long press. */
const touchSlop = 21;
const longPressMs = 400;
const defaultSwipeMs = 300;

export async function input(args: readonly string[], context: CommandContext): Promise<Output> {
  const words = [...args];
  if (sources.has(words[0] ?? "")) words.shift();
  if (words[0] === "-d") words.splice(0, 2);
  const [verb, ...rest] = words;
  if (verb === undefined) return fail(usage, 255);
  const action = actions[verb];
  if (action === undefined) return fail(`Error: Unknown command: ${verb}\n${usage}`, 255);
  await context.spend("input");
  const failure = action(rest, context.phone);
  if (failure === "arguments") return fail(`Error: Invalid arguments for command: ${verb}\n${usage}`, 255);
  return failure ?? ok();
}

/** `arguments` where they are wrong, an output where Android throws. */
type Failure = "arguments" | Output | undefined;

const actions: Record<string, (args: readonly string[], phone: Phone) => Failure> = {
  text,
  keyevent,
  keycombination,
  motionevent,
  swipe,
  draganddrop: swipe,
  tap(args, phone) {
    const [x, y, ...more] = numbers(args);
    if (x === undefined || y === undefined || more.length > 0) return "arguments";
    phone.windows.tap(x, y);
  },
  press: () => undefined,
  roll: (args) => (numbers(args).length === 2 ? undefined : "arguments"),
};

/** Android maps characters to keys; it has keys for ASCII only and fails on the rest. */
function text(args: readonly string[], phone: Phone): Failure {
  if (args.length !== 1) return "arguments";
  const typed = args[0]!.replaceAll("%s", " ");
  if (!/^[\t\n\x20-\x7e]*$/u.test(typed))
    return thrown(
      "text",
      "java.lang.NullPointerException: Attempt to get length of null array\n\tat com.android.server.input.InputShellCommand.sendText(InputShellCommand.java:305)",
    );
  for (const part of typed.split(/(\n)/u)) {
    if (part === "\n") phone.windows.key(KEY.ENTER);
    else if (part !== "") typeThroughInputMethod(part, phone.settings, phone.windows);
  }
}

function keyevent(args: readonly string[], phone: Phone): Failure {
  const keys = args.filter((word) => word !== "--longpress" && word !== "--doubletap");
  if (keys.length === 0) return "arguments";
  const codes = keys.map(keyCode);
  if (codes.includes(undefined)) return "arguments";
  for (const code of codes) phone.windows.key(code!);
  if (args.includes("--doubletap")) for (const code of codes) phone.windows.key(code!);
}

function keycombination(args: readonly string[], phone: Phone): Failure {
  const words = args[0] === "-t" ? args.slice(2) : args;
  const codes = words.map(keyCode);
  if (codes.length < 2 || codes.includes(undefined)) return "arguments";
  phone.windows.key(codes.at(-1)!, codes.slice(0, -1) as number[]);
}

function swipe(args: readonly string[], phone: Phone): Failure {
  const [x1, y1, x2, y2, duration = defaultSwipeMs, ...more] = numbers(args);
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined || more.length > 0)
    return "arguments";
  phone.clock.advance(Math.max(0, duration));
  phone.tick();
  gesture(phone, { x: x1, y: y1 }, { x: x2, y: y2 }, duration);
}

interface Point {
  x: number;
  y: number;
}

/** A finger that stays within the slop taps or presses long; one that leaves it swipes. */
function gesture(phone: Phone, from: Point, to: Point, durationMs: number): void {
  if (Math.hypot(to.x - from.x, to.y - from.y) > touchSlop)
    phone.windows.swipe(from.x, from.y, to.x, to.y, durationMs);
  else if (durationMs >= longPressMs) phone.windows.longPress(from.x, from.y);
  else phone.windows.tap(from.x, from.y);
}

function motionevent(args: readonly string[], phone: Phone): Failure {
  const [kind = "", ...rest] = args;
  const [x, y] = numbers(rest);
  if (x === undefined || y === undefined) return "arguments";
  const down = phone.finger.get();
  switch (kind.toUpperCase()) {
    case "DOWN":
      phone.finger.set({ x, y, at: phone.clock.now() });
      return;
    case "MOVE":
      return;
    case "UP":
      phone.finger.set(undefined);
      if (down !== undefined) gesture(phone, down, { x, y }, phone.clock.now() - down.at);
      return;
    case "CANCEL":
      phone.finger.set(undefined);
      return;
    default:
      return "arguments";
  }
}

/** The arguments as numbers; none at all where one of them is no number. */
function numbers(args: readonly string[]): number[] {
  const values = args.map(Number);
  return values.some((value, index) => !Number.isFinite(value) || args[index]!.trim() === "") ? [] : values;
}
