import { z } from "zod";

const size = z.number().nonnegative().optional();

/** An action as it is written here, in any of its two vocabularies. */
const controlAction = z.looseObject({
  action: z.string().optional(),
  action_type: z.string().optional(),
});

const action = z.union([z.string(), controlAction]);

/** An episode as UI agents' training sets write it: a list of steps. */
const inSteps = z.object({
  episode_id: z.union([z.string(), z.number()]).optional(),
  goal: z.string(),
  is_successful: z.boolean().optional(),
  steps: z.array(
    z.object({
      action_content: action,
      screenshot: z.string().optional(),
      step_instruction: z.string().optional(),
    }),
  ),
});

/** An episode as AndroidControl itself writes it: lists side by side, with one screenshot more than actions. */
const sideBySide = z.object({
  episode_id: z.union([z.string(), z.number()]).optional(),
  goal: z.string(),
  is_successful: z.boolean().optional(),
  actions: z.array(action),
  step_instructions: z.array(z.string()).optional(),
  screenshots: z.array(z.unknown()).optional(),
  screenshot_widths: z.array(size).optional(),
  screenshot_heights: z.array(size).optional(),
});

export interface ControlStep {
  action: unknown;
  instruction: string;
  screenshot: ControlScreenshot;
}

export interface ControlScreenshot {
  /** The path of the picture; empty where there is none. */
  path: string;
  width: number;
  height: number;
}

export interface ControlEpisode {
  name: string;
  goal: string;
  successful?: boolean;
  steps: ControlStep[];
  last?: ControlScreenshot;
}

export const controlEpisode = z.union([inSteps, sideBySide]).transform((record): ControlEpisode => {
  const about = {
    name: String(record.episode_id ?? ""),
    goal: record.goal,
    ...(record.is_successful === undefined ? {} : { successful: record.is_successful }),
  };
  if ("steps" in record) {
    const steps = record.steps.map(({ action_content, screenshot = "", step_instruction = "" }) => ({
      action: parsed(action_content),
      instruction: step_instruction,
      screenshot: { path: screenshot, width: 0, height: 0 },
    }));
    return { ...about, steps };
  }
  const { actions, step_instructions = [], screenshots = [] } = record;
  const shot = (i: number): ControlScreenshot => ({
    path: typeof screenshots[i] === "string" ? screenshots[i] : "",
    width: record.screenshot_widths?.[i] ?? 0,
    height: record.screenshot_heights?.[i] ?? 0,
  });
  const steps = actions.map((one, i) => ({
    action: parsed(one),
    instruction: step_instructions[i] ?? "",
    screenshot: shot(i),
  }));
  return { ...about, steps, ...(screenshots.length > steps.length ? { last: shot(steps.length) } : {}) };
});

/** Actions come as objects, or as the text of one. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    // It is reported as an unknown action, with its text.
    return value;
  }
}
