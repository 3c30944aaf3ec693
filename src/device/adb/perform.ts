import type { Action, Target } from "../../action/index.ts";
import type { Element, Screen } from "../../screen/index.ts";
import type { ActionResult, DeviceInfo, InstalledApp } from "../device.ts";
import { findApp, startApp } from "./apps.ts";
import type { Commands } from "./commands.ts";
import type { Foreground } from "./foreground.ts";
import { locate, type Point, scrollStroke, type Stroke, swipeStroke } from "./geometry.ts";
import { replaceText } from "./text-input.ts";
import { keyCodes, pressKeys } from "./typing.ts";

/** What an action needs of the device. */
export interface Hands {
  info: DeviceInfo;
  commands: Commands;
  /** Elements of the screen as it is now, or why they cannot be had. */
  look: () => Promise<Element[] | string>;
  foreground(): Promise<Foreground>;
  /** `fresh` asks the device again instead of remembering. */
  apps(options: { fresh: boolean }): Promise<InstalledApp[]>;
}

/** Longer than Android's long-press time-out, which is 500 ms. */
const longPressMs = 1000;
/** Slow enough that the view does not go on by itself when the finger is lifted. */
const scrollMs = 600;
const swipeMs = 250;
/** Longest `wait` in milliseconds. */
const longestWait = 60_000;

/** Carries out one action; see `Device.perform`. */
export async function perform(action: Action, screen: Screen, hands: Hands): Promise<ActionResult> {
  const { commands } = hands;
  switch (action.type) {
    case "tap":
    case "doubleTap":
    case "longPress":
    case "inputText":
    case "scroll":
    case "swipe":
      return onScreen(action, screen, hands);
    case "press":
      await pressKeys(commands, keyCodes[action.key]);
      return { ok: true };
    case "openApp":
      return openApp(action.app, hands);
    case "wait":
      return wait(action.ms, commands);
    case "callApi":
      return { ok: false, reason: `the device has no app interface ${JSON.stringify(action.name)}` };
    case "quote":
    case "answer":
    case "finish":
      return { ok: true };
  }
}

type ScreenAction = Extract<
  Action,
  { type: "tap" | "doubleTap" | "longPress" | "inputText" | "scroll" | "swipe" }
>;

/** Actions that mean something only on the screen the agent saw. */
async function onScreen(action: ScreenAction, screen: Screen, hands: Hands): Promise<ActionResult> {
  const moved = action.target === undefined ? undefined : await movedOn(screen, hands);
  if (moved !== undefined) return { ok: false, reason: moved };
  const { commands } = hands;
  switch (action.type) {
    case "tap":
      return atPoint(action.target, screen, ({ x, y }) => commands.must(tap(x, y)));
    case "doubleTap":
      // In one call, so that the second tap comes soon enough to make a pair.
      return atPoint(action.target, screen, ({ x, y }) => commands.must(tap(x, y), tap(x, y)));
    case "longPress":
      return atPoint(action.target, screen, (from) => commands.must(drag({ from, to: from }, longPressMs)));
    case "inputText":
      return inputText(action.text, action.target, screen, hands);
    case "scroll":
    case "swipe": {
      const strokeFor = action.type === "scroll" ? scrollStroke : swipeStroke;
      const stroke = strokeFor(action.direction, action.target, screen);
      if (!stroke.ok) return stroke;
      await commands.must(drag(stroke.at, action.type === "scroll" ? scrollMs : swipeMs));
      return { ok: true };
    }
  }
}

/** Why the screen that the agent saw is no longer in front, if so. Costs no tree dump. */
async function movedOn(screen: Screen, hands: Hands): Promise<string | undefined> {
  if (screen.package === "") return undefined;
  const now = await hands.foreground();
  if (now.systemDialog !== "") return `the device now shows ${JSON.stringify(now.systemDialog)}`;
  if (now.package === "" || (now.package === screen.package && now.activity === screen.activity))
    return undefined;
  return `the screen has moved on: ${now.package}/${now.activity} is in front now, not ${screen.package}/${screen.activity}`;
}

async function atPoint(
  target: Target,
  screen: Screen,
  act: (point: Point) => Promise<unknown>,
): Promise<ActionResult> {
  const point = locate(target, screen);
  if (!point.ok) return point;
  await act(point.at);
  return { ok: true };
}

async function inputText(
  text: string,
  target: Target | undefined,
  screen: Screen,
  hands: Hands,
): Promise<ActionResult> {
  if (target !== undefined) {
    const focused = target.kind === "element" && screen.elements[target.index]?.focused === true;
    // A tap into a field that has the focus would only move its cursor.
    if (!focused) {
      const tapped = await atPoint(target, screen, ({ x, y }) => hands.commands.must(tap(x, y)));
      if (!tapped.ok) return tapped;
    }
  }
  const { info, commands, look } = hands;
  return replaceText(text, { commands, apiLevel: info.apiLevel, look });
}

async function openApp(name: string, hands: Hands): Promise<ActionResult> {
  let found = findApp(name, await hands.apps({ fresh: false }));
  // It may have been installed since.
  if (!found.ok) found = findApp(name, await hands.apps({ fresh: true }));
  if (!found.ok) return found;
  const problem = await startApp(found.app, hands.commands);
  return problem === undefined
    ? { ok: true }
    : { ok: false, reason: `${found.app.name} does not start: ${problem}` };
}

/** Waits by the device's clock, so that a device whose time is simulated waits as long. */
async function wait(ms: number, commands: Commands): Promise<ActionResult> {
  const bounded = Math.min(Math.max(ms, 0), longestWait);
  await commands.run(["sleep", String(bounded / 1000)], bounded + 30_000);
  return { ok: true };
}

function tap(x: number, y: number): string[] {
  return ["input", "tap", String(x), String(y)];
}

function drag({ from, to }: Stroke, durationMs: number): string[] {
  return ["input", "swipe", ...[from.x, from.y, to.x, to.y, durationMs].map(String)];
}
