/**
 * W3C actions: what pointers and keys do, and when (the real one's `ActionsTokenizer`). All times are
 * multiples of the 5 ms at which it injects events.
 */
import type { Point } from "../ui/finger.ts";
import type { Call } from "./context.ts";
import { elementIdOf } from "./elements.ts";
import { Uia2Error } from "./errors.ts";
import { elementOf } from "./screen.ts";

/** What happens at a time since the start of the actions. */
export type InputEvent = { at: number } & (
  | { type: "finger"; path: Point[]; durationMs: number }
  | { type: "keyDown" | "keyUp"; key: string }
);

export interface Timeline {
  /** In the order in which they end; those of several fingers at once are left out. */
  events: InputEvent[];
  /** When the last action, also a pause, is over. */
  endsAt: number;
}

const injectionMs = 5;

type Item = Readonly<Record<string, unknown>>;

export function readActions(call: Call): Timeline {
  const { actions } = call.body;
  if (!Array.isArray(actions)) throw parseError("'actions' must be a list of input sources");
  const timelines = actions.map((source: unknown, at) => readSource(call, source, at));
  const all = timelines.flatMap(({ events }) => events).sort((a, b) => a.at - b.at);
  // Several fingers at once zoom or turn, which no app here knows: like a pinch they are without effect.
  const events = all.filter((event) => !all.some((other) => other !== event && areTogether(event, other)));
  return { events, endsAt: Math.max(0, ...timelines.map(({ endsAt }) => endsAt)) };
}

/** Whether two fingers are on the glass at the same time. */
function areTogether(a: InputEvent, b: InputEvent): boolean {
  if (a.type !== "finger" || b.type !== "finger") return false;
  return a.at - a.durationMs < b.at && b.at - b.durationMs < a.at;
}

function readSource(call: Call, source: unknown, at: number): Timeline {
  if (!isItem(source)) throw parseError(`The input source #${at + 1} is not an object`);
  const id = typeof source["id"] === "string" ? source["id"] : `#${at + 1}`;
  const items = source["actions"];
  if (!Array.isArray(items) || !items.every(isItem))
    throw parseError(`The actions of input source '${id}' must be a list of objects`);
  switch (source["type"]) {
    case "pointer":
      return readPointer(call, id, items);
    case "key":
      return readKeys(id, items);
    case "none":
      return { events: [], endsAt: items.reduce((sum, item) => sum + pauseOf(item, id), 0) };
    default:
      throw parseError(
        `Only [none, pointer, key] input source types are supported. '${String(source["type"])}' is given instead for '${id}'`,
      );
  }
}

function readPointer(call: Call, id: string, items: readonly Item[]): Timeline {
  const events: InputEvent[] = [];
  let now = 0;
  let at: Point | undefined;
  let down: { path: Point[]; since: number } | undefined;
  for (const item of items) {
    switch (item["type"]) {
      case "pause":
        now += pauseOf(item, id);
        break;
      case "pointerMove":
        at = target(call, id, item, at);
        now += durationOf(item, id);
        down?.path.push(at);
        break;
      case "pointerDown":
        if (at === undefined)
          throw parseError(
            `'pointerDown' of '${id}' should be preceded with an item having absolute coordinates`,
          );
        if (down !== undefined)
          throw parseError(
            `You cannot perform two or more 'pointerDown' actions without a pause between them at ${now}ms in '${id}' chain`,
          );
        down = { path: [at], since: now };
        break;
      case "pointerUp":
        // A finger that is not down has nothing to lift; the real server injects an event that nothing takes.
        if (down !== undefined)
          events.push({ at: now, type: "finger", path: down.path, durationMs: now - down.since });
        down = undefined;
        break;
      case "pointerCancel":
        down = undefined;
        break;
      default:
        throw unexpected(item, id);
    }
  }
  return { events, endsAt: now };
}

function readKeys(id: string, items: readonly Item[]): Timeline {
  const events: InputEvent[] = [];
  let now = 0;
  for (const item of items) {
    const { type, value } = item;
    if (type === "pause") now += pauseOf(item, id);
    else if (type === "keyDown" || type === "keyUp") {
      if (typeof value !== "string" || value === "")
        throw parseError(`Missing value key for action item '${type}' of action with id '${id}'`);
      events.push({ at: now, type, key: String.fromCodePoint(value.codePointAt(0)!) });
    } else throw unexpected(item, id);
  }
  return { events, endsAt: now };
}

/** Where a move leads: from the upper left of the screen, from where the pointer is, or from an element's middle. */
function target(call: Call, id: string, item: Item, before: Point | undefined): Point {
  const x = coordinate(item, "x");
  const y = coordinate(item, "y");
  const origin = item["origin"] ?? "viewport";
  if (origin === "viewport") {
    if (x === undefined || y === undefined)
      throw parseError(`Both coordinates must be be set for action item 'pointerMove' of action '${id}'`);
    return { x, y };
  }
  if (origin === "pointer") {
    if (before === undefined)
      throw parseError(
        `Action item 'pointerMove' of action '${id}' should be preceded with at least one item containing absolute coordinates`,
      );
    return { x: before.x + (x ?? 0), y: before.y + (y ?? 0) };
  }
  const elementId = typeof origin === "string" ? origin : elementIdOf(origin);
  if (elementId === undefined)
    throw parseError(
      `An unknown element '${JSON.stringify(origin)}' is set for action item 'pointerMove' of action '${id}'`,
    );
  const { left, top, right, bottom } = elementOf(call, elementId).tree.bounds;
  return { x: (left + right) / 2 + (x ?? 0), y: (top + bottom) / 2 + (y ?? 0) };
}

function coordinate(item: Item, name: string): number | undefined {
  const value = item[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) throw parseError(`'${name}' must be a number`);
  return value;
}

/** A pause must say how long; a move that does not takes no time. */
function pauseOf(item: Item, id: string): number {
  if (item["type"] !== "pause") throw unexpected(item, id);
  if (item["duration"] === undefined)
    throw parseError(`Missing duration key for action item 'pause' of action with id '${id}'`);
  return durationOf(item, id);
}

function durationOf(item: Item, id: string): number {
  const duration = item["duration"] ?? 0;
  if (typeof duration !== "number" || duration < 0)
    throw parseError(
      `duration key cannot be negative for action item '${String(item["type"])}' of action with id '${id}'`,
    );
  return Math.ceil(duration / injectionMs) * injectionMs;
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unexpected(item: Item, id: string): Uia2Error {
  return parseError(`Unexpected action item type '${String(item["type"])}' in action with id '${id}'`);
}

function parseError(message: string): Uia2Error {
  return new Uia2Error("invalid argument", message);
}
