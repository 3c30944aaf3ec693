/**
 * W3C actions: what pointers and keys do, and when (the real one's `ActionsTokenizer`). All times are
 * multiples of the 20 ms at which it injects events.
 */
import type { Point } from "../ui/finger.ts";
import type { Call } from "./context.ts";
import { parseError, readSources, type InputSource, type Item } from "./action-sources.ts";
import { elementIdOf } from "./elements.ts";
import type { Uia2Error } from "./errors.ts";
import { elementOf } from "./locate.ts";

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

const injectionMs = 20;

export function readActions(call: Call): Timeline {
  const sources = readSources(call.body["actions"]);
  const pointers = sources.filter(({ type }) => type === "pointer");
  const single = pointers.find(({ pointerType }) => pointerType === "mouse" || pointerType === "pen");
  if (single !== undefined && pointers.length > 1)
    throw parseError(
      `No more that one simultaneous pointer is supported for pointerType ${single.pointerType}`,
    );
  const timelines = sources.map((source) => readSource(call, source));
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

function readSource(call: Call, { id, type, items }: InputSource): Timeline {
  if (type === "pointer") return readPointer(call, id, items);
  if (type === "key") return readKeys(id, items);
  return { events: [], endsAt: items.reduce((sum, item) => sum + durationOf(item, id), 0) };
}

function readPointer(call: Call, id: string, items: readonly Item[]): Timeline {
  const events: InputEvent[] = [];
  let now = 0;
  let at: Point | undefined;
  let down: { path: Point[]; since: number } | undefined;
  let [lastDown, lastUp] = [-1, -1];
  let isFirstMove = true;
  const place = (item: Item): Point => {
    if (at !== undefined) return at;
    throw parseError(
      `Action item '${item.type}' of the action '${id}' should be preceded with at least one item having absolute coordinates`,
    );
  };
  const tooSoon = (item: Item): Uia2Error =>
    parseError(
      `You cannot perform two or more '${item.type}' actions without a pause between them at ${now}ms in '${id}' chain`,
    );
  for (const item of items) {
    switch (item.type) {
      case "pause":
        now += durationOf(item, id);
        break;
      case "pointerMove": {
        const before = at;
        const duration = durationOf(item, id);
        at = target(call, id, item, at);
        now += duration;
        // The first move only says where the pointer is; one without a time is no movement that a view sees.
        if (duration > 0 && before !== undefined && !(isFirstMove && item["origin"] !== "pointer"))
          down?.path.push(before, at);
        isFirstMove = false;
        break;
      }
      case "pointerDown":
        if (down !== undefined || lastDown === now) throw tooSoon(item);
        down = { path: [place(item)], since: now };
        lastDown = now;
        break;
      case "pointerUp":
        if (lastUp === now) throw tooSoon(item);
        place(item);
        // A finger that is not down has nothing to lift; the real server injects an event that nothing takes.
        if (down !== undefined)
          events.push({ at: now, type: "finger", path: down.path, durationMs: now - down.since });
        down = undefined;
        lastUp = now;
        break;
    }
  }
  return { events, endsAt: now };
}

function readKeys(id: string, items: readonly Item[]): Timeline {
  const events: InputEvent[] = [];
  let now = 0;
  for (const item of items) {
    const { type, value } = item;
    if (type === "keyDown" || type === "keyUp") {
      if (typeof value !== "string" || value === "")
        throw parseError(
          `${value === "" ? "value key cannot be empty" : "Missing value key"} for action item '${type}' of action with id '${id}'`,
        );
      events.push({ at: now, type, key: String.fromCodePoint(value.codePointAt(0)!) });
    } else now += durationOf(item, id);
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
  if (left >= right || top >= bottom)
    throw parseError(
      `The element with id '${elementId}' has zero width/height in the action item pointerMove of action '${id}'`,
    );
  return { x: (left + right) / 2 + (x ?? 0), y: (top + bottom) / 2 + (y ?? 0) };
}

function coordinate(item: Item, name: string): number | undefined {
  const value = item[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) throw parseError(`'${name}' must be a number`);
  return value;
}

/** Pauses and moves must say how long they take. */
function durationOf(item: Item, id: string): number {
  const { type, duration } = item;
  const where = `for action item '${type}' of action with id '${id}'`;
  if (duration === undefined || duration === null) throw parseError(`Missing duration key ${where}`);
  if (typeof duration !== "number" || !Number.isInteger(duration))
    throw parseError(`'duration' must be a whole number ${where}`);
  if (duration < 0) throw parseError(`duration key cannot be negative ${where}`);
  return Math.ceil(duration / injectionMs) * injectionMs;
}
