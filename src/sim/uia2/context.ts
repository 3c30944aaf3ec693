import type { Random } from "../../random.ts";
import type { Faults } from "../faults.ts";
import type { Latency } from "../latency.ts";
import type { Phone } from "../system/phone.ts";
import { Uia2Error } from "./errors.ts";
import type { ElementCache } from "./elements.ts";
import type { Settings } from "./settings.ts";

/** What the server works with. */
export interface Uia2Host {
  phone: Phone;
  latency: Latency;
  faults: Faults;
  /** Of session ids; apart from the phone's own chance, which a snapshot sets back. */
  random: Random;
}

/** The one session the server has at a time. */
export interface Session {
  id: string;
  capabilities: Record<string, unknown>;
  settings: Settings;
  elements: ElementCache;
  /** On the phone's clock: what happened before it has not heard. */
  since: number;
}

export interface Call {
  host: Uia2Host;
  session: Session;
  /** Aborted when the server's process ends: what is under way stops there, and touches the phone no more. */
  signal: AbortSignal;
  /** From the path: `id`, `name`. */
  parameters: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}

/** Answers with the reply's `value`. Throws a {@link Uia2Error}. */
export type Handler = (call: Call) => unknown;

/** Handlers by method and path, such as `POST /session/:sessionId/element`. */
export type Routes = Readonly<Record<string, Handler>>;

export function required(body: Call["body"], name: string): unknown {
  const value = body[name];
  if (value === undefined || value === null)
    throw new Uia2Error("invalid argument", `'${name}' is a mandatory argument and must be set`);
  return value;
}

export function requiredText(body: Call["body"], name: string): string {
  const value = required(body, name);
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Uia2Error("invalid argument", `'${name}' must be a string`);
}

/** A number; text that holds one is taken for it, as Gson does. */
export function optionalNumber(body: Call["body"], name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number))
    throw new Uia2Error("invalid argument", `'${name}' must be a number`);
  return number;
}

export function requiredNumber(body: Call["body"], name: string): number {
  required(body, name);
  return optionalNumber(body, name)!;
}
