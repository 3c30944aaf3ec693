import { z } from "zod";

/** A reply as it was understood, or why it cannot be. */
export type Reading<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Models write numbers as text now and then; anything else for a number is none. */
export const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^\s*-?\d+\s*$/, "a whole number")
    .transform(Number),
]);

/** Reads the JSON object in a reply, with or without words or a code fence around it. */
export function readJson<T>(text: string, schema: z.ZodType<T>): Reading<T> {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return { ok: false, reason: "it holds no JSON object" };
  let json: unknown;
  try {
    json = JSON.parse(text.slice(start, end + 1));
  } catch (error) {
    return { ok: false, reason: `its JSON is broken (${(error as Error).message})` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, reason: z.prettifyError(parsed.error).replaceAll("\n", " ") };
}

/** Why a step that a judge names cannot be; undefined where it can. */
export function wrongStep(conditions: readonly { step: number }[], steps: number): string | undefined {
  const wrong = conditions.find(({ step }) => step !== -1 && (step < 1 || step > steps));
  return wrong && `there is no round ${wrong.step}; rounds are 1 to ${steps}, or -1`;
}
