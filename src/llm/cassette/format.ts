import { z } from "zod";
import type { ChatResponse, ModelRole } from "../model.ts";

/** The version of the file format, which its first line names. */
export const cassetteVersion = 1;

export const headerLine = `${JSON.stringify({ cassette: "androidgen", version: cassetteVersion })}\n`;

/** One answered call: one line of JSON. */
export interface TapedCall {
  key: string;
  /** Counts the requests of this key from 1, in the order they were asked; where one failed, its number is missing. */
  occurrence: number;
  role: ModelRole;
  /** See `beginning`. */
  begins: string;
  response: ChatResponse;
}

const header = z.object({ cassette: z.literal("androidgen"), version: z.int() });

const count = z.number().nonnegative();

const tapedCall = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/u),
  occurrence: z.int().positive(),
  role: z.enum(["policy", "planner", "critic"]),
  begins: z.string(),
  response: z.object({
    text: z.string(),
    model: z.string(),
    usage: z.object({ promptTokens: count, completionTokens: count }),
    latencyMs: count,
    attempts: count,
  }),
});

/** The version that a file's first line names; undefined where it is no cassette. */
export function readHeader(line: Buffer): number | undefined {
  return header.safeParse(parsed(line)).data?.version;
}

/** Undefined where the line is none of ours, or not whole. */
export function readCall(line: Buffer): TapedCall | undefined {
  const value = parsed(line);
  // The value as it was parsed: the schema would give the reply's fields in another order.
  return tapedCall.safeParse(value).success ? (value as TapedCall) : undefined;
}

export function writeCall(call: TapedCall): string {
  return `${JSON.stringify(call)}\n`;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return undefined;
  }
}
