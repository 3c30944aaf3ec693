import { androidGenCode, codecNamed } from "../action/index.ts";
import { configError } from "../errors.ts";
import type { ChatModel } from "../llm/index.ts";
import type { Agent, ExperienceSource } from "./agent.ts";
import { createAndroidGenAgent } from "./androidgen.ts";
import { type AskPerson, createHumanAgent } from "./human/human.ts";
import { picturePrompt } from "./prompts/picture.v1.ts";
import { textPrompt } from "./prompts/text.v1.ts";
import { createReplayAgent, type RecordedStep } from "./replay/replay.ts";
import { createSingleCallAgent } from "./single-call/single-call.ts";
import { sizedPicture } from "./single-call/sized-picture.ts";
import type { AgentSpec } from "./spec.ts";

/** What an agent works with. Each kind needs some of it. */
export interface AgentParts {
  /** Of `androidgen`, `text` and `picture`. */
  model?: ChatModel;
  /** Where ExpSearch looks; without it there are no examples. */
  experiences?: ExperienceSource;
  /** Of `human`. */
  ask?: AskPerson;
  /** Of `replay`: what was carried out in the recorded episode. */
  recording?: readonly RecordedStep[];
}

/** Makes the agent of one episode. Throws `AGENT_INCOMPLETE` (class `config`) where it lacks a part. */
export function createAgent(spec: AgentSpec, parts: AgentParts): Agent {
  const { kind, historySteps, historyTokens } = spec;
  const historyBounds = { steps: historySteps, tokens: historyTokens };
  switch (kind) {
    case "androidgen":
      return createAndroidGenAgent({
        model: needed(parts, "model", kind),
        codec: androidGenCode,
        modules: spec.modules,
        rulesOff: spec.rulesOff,
        expSearch: spec.expSearch,
        ...(parts.experiences === undefined ? {} : { experiences: parts.experiences }),
        historySteps,
        historyTokens,
        observe: spec.observe,
      });
    case "text":
      return createSingleCallAgent({
        model: needed(parts, "model", kind),
        codec: codecNamed(spec.codec),
        prompt: textPrompt(spec.codec),
        historyBounds,
      });
    case "picture": {
      const codec = codecNamed(spec.codec);
      return createSingleCallAgent({
        model: needed(parts, "model", kind),
        codec,
        prompt: picturePrompt(codec),
        historyBounds,
        picture: (screen) => sizedPicture(codec, screen),
      });
    }
    case "human":
      return createHumanAgent(needed(parts, "ask", kind));
    case "replay":
      return createReplayAgent(needed(parts, "recording", kind));
  }
}

function needed<K extends keyof AgentParts>(
  parts: AgentParts,
  part: K,
  kind: AgentSpec["kind"],
): NonNullable<AgentParts[K]> {
  const value = parts[part];
  if (value !== undefined) return value;
  throw configError("AGENT_INCOMPLETE", `an agent of the kind ${kind} cannot be made without its ${part}`);
}
