import { type Action, locate, type Point, strokeOf, type Target } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { ActionResult, InstalledApp } from "../device.ts";
import type { Commands } from "../commands.ts";
import { type Foreground, systemUi } from "../look/foreground.ts";
import { findApp, startApp } from "./apps.ts";
import { meantField } from "./focus.ts";
import type { Hands } from "./hands.ts";

/** What an action needs of the device. */
export interface Body {
  hands: Hands;
  commands: Commands;
  foreground(): Promise<Foreground>;
  /** `fresh` asks the device again instead of remembering. */
  apps(options: { fresh: boolean }): Promise<InstalledApp[]>;
}

/** Slow enough that the view, which goes on by itself when the finger is lifted, stays within a page of where it was. */
const restingMs = 600;
const swipeMs = 250;
/** Longest `wait` in milliseconds. */
const longestWait = 60_000;

/** Carries out one action; see `Device.perform`. */
export async function perform(action: Action, screen: Screen, body: Body): Promise<ActionResult> {
  switch (action.type) {
    case "tap":
    case "doubleTap":
    case "longPress":
    case "inputText":
    case "scroll":
    case "swipe":
      return onScreen(action, screen, body);
    case "press":
      await body.hands.press(action.key);
      return { ok: true };
    case "openApp":
      return openApp(action.app, screen, body);
    case "wait":
      return wait(action.ms, body.commands);
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
async function onScreen(action: ScreenAction, screen: Screen, body: Body): Promise<ActionResult> {
  const moved = action.target === undefined ? undefined : await movedOn(screen, body);
  if (moved !== undefined) return { ok: false, reason: moved };
  const { hands } = body;
  switch (action.type) {
    case "tap":
    case "doubleTap":
    case "longPress": {
      const touch = action.type;
      return atPoint(action.target, screen, (at) => hands[touch](at));
    }
    case "inputText":
      return inputText(action.text, action.target, screen, hands);
    case "scroll":
    case "swipe": {
      const stroke = strokeOf(action, screen);
      if (!stroke.ok) return stroke;
      const rests = action.type === "scroll" || action.to !== undefined;
      await hands.stroke(stroke.at, rests ? restingMs : swipeMs);
      return { ok: true };
    }
  }
}

/** Why the screen that the agent saw is no longer in front, if so. Costs no tree dump. */
async function movedOn(screen: Screen, body: Body): Promise<string | undefined> {
  if (screen.package === "") return undefined;
  const now = await body.foreground();
  if (now.package === "" || (now.package === screen.package && now.activity === screen.activity))
    return undefined;
  if (now.systemDialog !== "") return `the device now shows ${JSON.stringify(now.systemDialog)}`;
  return `the screen has moved on: ${now.package}/${now.activity} is in front now, not ${screen.package}/${screen.activity}`;
}

async function atPoint(
  target: Target,
  screen: Screen,
  touch: (point: Point) => Promise<void>,
): Promise<ActionResult> {
  const point = locate(target, screen);
  if (!point.ok) return point;
  await touch(point.at);
  return { ok: true };
}

async function inputText(
  text: string,
  target: Target | undefined,
  screen: Screen,
  hands: Hands,
): Promise<ActionResult> {
  const element = target?.kind === "element" ? screen.elements[target.index] : undefined;
  // A tap into a field that has the focus would only move its cursor.
  if (target !== undefined && element?.focused !== true) {
    const tapped = await atPoint(target, screen, (at) => hands.tap(at));
    if (!tapped.ok) return tapped;
  }
  return hands.replaceText(text, meantField(target, screen));
}

/** An activity that is started stays behind the notification shade, which would go on taking the touches. */
async function openApp(name: string, screen: Screen, body: Body): Promise<ActionResult> {
  if (screen.package === systemUi) await body.commands.run(["cmd", "statusbar", "collapse"]);
  const known = await openKnown(name, await body.apps({ fresh: false }), body.commands);
  // It may have been installed since, or have another activity behind its icon.
  return known.ok ? known : openKnown(name, await body.apps({ fresh: true }), body.commands);
}

async function openKnown(
  name: string,
  apps: readonly InstalledApp[],
  commands: Commands,
): Promise<ActionResult> {
  const found = findApp(name, apps);
  if (!found.ok) return found;
  const problem = await startApp(found.app, commands);
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
