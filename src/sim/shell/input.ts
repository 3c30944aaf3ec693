import { typeThroughInputMethod } from "../system/input-methods.ts";
import type { Phone } from "../system/phone.ts";
import { touchScreen } from "../ui/finger.ts";
import { KEY } from "../ui/keycodes.ts";
import { ok, thrown, type CommandContext, type Output } from "./command.ts";
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

const defaultSwipeMs = 300;

export async function input(args: readonly string[], context: CommandContext): Promise<Output> {
  const words = [...args];
  if (sources.has(words[0] ?? "")) words.shift();
  if (words[0] === "-d") words.splice(0, 2);
  const [verb, ...rest] = words;
  if (verb === undefined || verb === "help" || verb === "-h") return ok(usage);
  const action = actions[verb];
  // Android's command does not look at what became of a verb that it does not know.
  if (action === undefined) return ok(`Unknown command: ${verb}`);
  await context.spend("input");
  try {
    action(rest, context.phone);
    return ok();
  } catch (error) {
    if (error instanceof Thrown) return thrown(verb, error.message);
    throw error;
  }
}

/** Each throws {@link Thrown}. */
const actions: Record<string, (args: readonly string[], phone: Phone) => void> = {
  text,
  keyevent,
  keycombination,
  motionevent,
  swipe,
  draganddrop: swipe,
  tap(args, phone) {
    const [x, y] = numbers("tap", args, 2);
    phone.windows.tap(x!, y!);
  },
  press: () => undefined,
  roll: (args) => void numbers("roll", args, 2),
};

/** Android maps characters to keys; it has keys for ASCII only and fails on the rest. */
function text([given]: readonly string[], phone: Phone): void {
  const typed = required("text", given).replaceAll("%s", " ");
  if (!/^[\t\n\x20-\x7e]*$/u.test(typed))
    throw new Thrown(
      "java.lang.NullPointerException: Attempt to get length of null array\n\tat com.android.server.input.InputShellCommand.sendText(InputShellCommand.java:305)",
    );
  for (const part of typed.split(/(\n)/u)) {
    if (part === "\n") phone.windows.key(KEY.ENTER);
    else if (part !== "") typeThroughInputMethod(part, phone.settings, phone.windows);
  }
}

/** Of a key that it does not know Android makes KEYCODE_UNKNOWN, which does nothing. */
function codeOf(key: string): number {
  return keyCode(key) ?? 0;
}

function keyevent(args: readonly string[], phone: Phone): void {
  const keys = args.filter((word) => word !== "--longpress" && word !== "--doubletap");
  required("keyevent", keys[0]);
  for (const key of keys) phone.windows.key(codeOf(key));
  if (args.includes("--doubletap")) for (const key of keys) phone.windows.key(codeOf(key));
}

function keycombination(args: readonly string[], phone: Phone): void {
  const keys = args[0] === "-t" ? args.slice(2) : args;
  required("keycombination", keys[0]);
  const codes = keys.map((key) => {
    const code = codeOf(key);
    if (code === 0) throw illegal(`Unknown keycode: ${key}`);
    return code;
  });
  if (codes.length < 2) throw illegal("keycombination requires at least 2 keycodes");
  phone.windows.key(codes.at(-1)!, codes.slice(0, -1));
}

function swipe(args: readonly string[], phone: Phone): void {
  const [x1, y1, x2, y2] = numbers("swipe", args, 4);
  const [given = -1] = args.length > 4 ? numbers("swipe", args.slice(4), 1) : [];
  const duration = given < 0 ? defaultSwipeMs : given;
  phone.clock.advance(duration);
  phone.tick();
  touchScreen(
    phone.windows,
    [
      { x: x1!, y: y1! },
      { x: x2!, y: y2! },
    ],
    duration,
  );
}

function motionevent([kind, ...rest]: readonly string[], phone: Phone): void {
  const action = required("motionevent", kind).toUpperCase();
  if (!["DOWN", "UP", "MOVE", "CANCEL"].includes(action)) throw illegal(`Unknown action: ${kind}`);
  const [x, y] = action === "CANCEL" && rest.length === 0 ? [0, 0] : numbers("motionevent", rest, 2);
  const down = phone.finger.get();
  if (action === "DOWN") phone.finger.set({ x: x!, y: y!, at: phone.clock.now() });
  if (action === "UP" || action === "CANCEL") phone.finger.set(undefined);
  if (action === "UP" && down !== undefined)
    touchScreen(phone.windows, [down, { x: x!, y: y! }], phone.clock.now() - down.at);
}

/** A Java exception, as Android prints it. */
class Thrown extends Error {}

function illegal(message: string): Thrown {
  return new Thrown(`java.lang.IllegalArgumentException: ${message}`);
}

function required(after: string, argument: string | undefined): string {
  if (argument === undefined) throw illegal(`Argument expected after "${after}"`);
  return argument;
}

/** The first `count` arguments as numbers. Those behind them are passed over, as Android does. */
function numbers(verb: string, args: readonly string[], count: number): number[] {
  return Array.from({ length: count }, (_, at) => {
    const word = required(args[at - 1] ?? verb, args[at]);
    const value = Number(word);
    if (word.trim() === "" || !Number.isFinite(value))
      throw illegal(`Error: Invalid arguments for command: ${verb}`);
    return value;
  });
}
