import { z } from "zod";

const path = z.string().nullish();

/** One line of AndroidLab's `trace.jsonl`; what stands there beside these is not used. */
export const traceLine = z.object({
  trace_id: z.union([z.string(), z.number()]).optional(),
  index: z.int().nonnegative(),
  /** The goal. */
  target: z.string(),
  image: path,
  /** With numbers drawn in, where the agent saw pictures. */
  labeled_image: path,
  /** A dump by `uiautomator`, or `ERROR`. */
  xml: path,
  /** One by an accessibility service, which took the other's place in some set-ups. */
  ac_xml: path,
  /** The package in front; 0 where it could not be had. */
  current_activity: z.unknown(),
  /** Width and height in pixels. */
  window: z.tuple([z.number(), z.number()]).nullish(),
  /** The reply, by its newer and its older name. */
  current_response: z.string().nullish(),
  response: z.string().nullish(),
  parsed_action: z.unknown(),
});

export type TraceLine = z.infer<typeof traceLine>;
