import { writeCriticism } from "./critic.ts";
import { writeJudgement } from "./judge/judge.ts";
import type { MistakeSource } from "./mistakes.ts";
import { writePlan, writeStrategy } from "./planner.ts";
import { writeReply } from "./policy.ts";
import { readPrompt } from "./prompt/read-prompt.ts";

/** The reply to a prompt: a function of its text, the seeds and the error rate. */
export function answerPrompt(
  text: string,
  options: Pick<MistakeSource, "seed" | "errorRate" | "requestSeed">,
): string {
  const prompt = readPrompt(text);
  switch (prompt.kind) {
    case "policy": {
      const { situation, round } = prompt;
      return writeReply(situation, { ...options, goal: situation.goal, round });
    }
    case "plan":
    case "reflect":
      return writePlan(prompt.situation);
    case "strategy":
      return writeStrategy(prompt.situation);
    case "critic":
      return writeCriticism(prompt.situation);
    case "judge":
      return writeJudgement(prompt.judging);
    case "unknown":
      return "I am a scripted demo model, not an LLM. I only know the prompts that androidgen writes.";
  }
}
