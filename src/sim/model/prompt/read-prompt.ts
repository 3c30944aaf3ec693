import { readHistory } from "./history.ts";
import { readListing } from "./listing.ts";
import { type Judging, readJudging } from "../judge/read-judging.ts";
import { Page } from "../page.ts";
import type { Situation } from "../skill.ts";
import { readBlocks, readSections } from "./sections.ts";

/** What we are asked for, told by the sections a prompt has. */
export type ReadPrompt =
  | { kind: "policy"; situation: Situation; round: number }
  | { kind: "plan" | "reflect" | "strategy" | "critic"; situation: Situation }
  | { kind: "judge"; judging: Judging }
  | { kind: "unknown" };

export function readPrompt(text: string): ReadPrompt {
  const sections = readSections(text);
  const judging = readJudging(sections);
  if (judging !== undefined) return { kind: "judge", judging };
  const goal = sections.get("goal");
  const screen = sections.get("screen");
  if (goal === undefined || screen === undefined) return { kind: "unknown" };
  const situation: Situation = {
    goal,
    page: readPage(screen),
    history: readHistory(sections.get("history") ?? ""),
    stuck: sections.has("stuck"),
    openPlan: / State: \[Todo\]$/mu.test(sections.get("plan") ?? ""),
  };
  const round = sections.get("round");
  if (round !== undefined) return { kind: "policy", situation, round: Number.parseInt(round, 10) };
  if (sections.has("plan")) return { kind: situation.stuck ? "strategy" : "reflect", situation };
  return { kind: sections.has("history") ? "critic" : "plan", situation };
}

function readPage(section: string): Page {
  const [listing = ""] = readBlocks(section, "screen");
  const front = /^App in front: ([^\s,]*?)(?:, activity (\S+?))?\.(?: |$)/mu.exec(section);
  return new Page(front?.[1] ?? "", front?.[2] ?? "", readListing(listing));
}
