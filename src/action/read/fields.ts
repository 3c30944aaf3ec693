import type { Direction } from "../action.ts";
import type { CallValue } from "./call-parser.ts";

/** A reading is a value, or the reason why there is none. */
export type Reading<T> = T | string;

/** What is left of a name when case, spaces, underscores and hyphens do not count. */
export function loose(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/gu, "");
}

/** Text from a string or number; nothing from anything else. */
export function words(value: CallValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export const directions: readonly Direction[] = ["up", "down", "left", "right"];

/**
 * The fields of an action by name, compared without case and underscores; an absent one and one that is
 * `None` are the same.
 */
export class Fields {
  private readonly values: ReadonlyMap<string, Exclude<CallValue, null>>;

  constructor(entries: Iterable<readonly [string, CallValue]>) {
    const values = new Map<string, Exclude<CallValue, null>>();
    for (const [name, value] of entries) if (value !== null) values.set(loose(name), value);
    this.values = values;
  }

  /** The first of `names` that is there. */
  get(...names: string[]): Exclude<CallValue, null> | undefined {
    for (const name of names) {
      const value = this.values.get(loose(name));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  text(...names: string[]): string | undefined {
    return words(this.get(...names));
  }

  /** Text that says something, without the space around it. */
  name(...names: string[]): string | undefined {
    const text = this.text(...names)?.trim();
    return text === "" ? undefined : text;
  }

  /** Seconds, as a number or as `"2 seconds"`; in milliseconds. */
  milliseconds(...names: string[]): number | undefined {
    const seconds = Number(
      /^\s*(\d{1,9}(?:\.\d{1,9})?)\s*(?:s|sec|seconds?)?\s*$/iu.exec(this.text(...names) ?? "")?.[1],
    );
    return Number.isNaN(seconds) ? undefined : Math.round(seconds * 1000);
  }

  get direction(): Direction | undefined {
    const written = loose(this.text("direction") ?? "");
    return directions.find((one) => one === written);
  }
}
