import { z } from "zod";

/** One line of a `record.jsonl`; what stands there beside these is not used. */
export const recordLine = z.object({
  /** Such as `settings`, or a package where its name was not known. */
  app: z.string().default(""),
  /** With the elements' numbers drawn in. */
  image: z.string().default(""),
  /** The same without them. */
  raw: z.string().default(""),
  state: z.string(),
  instruction: z.string(),
  trace_id: z.union([z.string(), z.number()]).optional(),
  index: z.int().nonnegative(),
  plan: z.string().nullish(),
  response: z.string(),
  parsed_action: z.unknown(),
});

export type RecordLine = z.infer<typeof recordLine>;

/** What the original's reader made of a reply; `fail` where its AutoCheck stopped it. */
export const parsedAction = z.object({
  operation: z.string(),
  action: z.string().optional(),
  kwargs: z.record(z.string(), z.unknown()).nullish(),
});
