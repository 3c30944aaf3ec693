import { Page } from "../page.ts";
import type { Round } from "../prompt/history.ts";
import { readListing } from "../prompt/listing.ts";
import { readBlocks, readSections } from "../prompt/sections.ts";

/** A screen in a judge's prompt. */
export interface SeenScreen {
  page: Page;
  /** As they stand in the prompt, the app in front first. */
  lines: string[];
}

/** A round as evidence tells it: what we said in it is left out. */
export interface SeenRound extends Round {
  /** Absent where a summary stands in its place. */
  screen?: SeenScreen;
  note?: string;
}

/** What a judge's prompt asks for. */
export type Judging =
  | { kind: "vote"; goal: string; rounds: SeenRound[]; last: SeenScreen; answer?: string }
  | { kind: "summary"; goal: string; rounds: SeenRound[] }
  | {
      kind: "milestone";
      goal: string;
      condition: string;
      round: SeenRound;
      after: SeenScreen;
      answer?: string;
    };

/** Reads the sections of a judge's prompt; undefined where it is none. */
export function readJudging(sections: ReadonlyMap<string, string>): Judging | undefined {
  const goal = sections.get("goal");
  if (goal === undefined) return undefined;
  const answer = blockIn(sections.get("answer"), "answer");
  const told = answer === undefined ? {} : { answer };
  const condition = blockIn(sections.get("condition"), "condition");
  if (condition !== undefined) {
    const before = readScreen(sections.get("screen before"));
    const round = { ...readRound(1, sections.get("round") ?? ""), screen: before };
    return {
      kind: "milestone",
      goal,
      condition,
      round,
      after: readScreen(sections.get("screen after")),
      ...told,
    };
  }
  const evidence = sections.get("evidence");
  if (evidence === undefined) return undefined;
  const { rounds, last } = readEvidence(evidence);
  if (sections.has("summarise")) return { kind: "summary", goal, rounds };
  return { kind: "vote", goal, rounds, last: last ?? readScreen(""), ...told };
}

/** Blocks stand in any order; their titles say where they belong. */
function readEvidence(evidence: string): { rounds: SeenRound[]; last?: SeenScreen } {
  const blocks = [...readSections(evidence.replaceAll(/^## /gmu, "# "))];
  const rounds = blocks.flatMap(([title, body]) => {
    const number = /^round (\d+)$/u.exec(title)?.[1];
    return number === undefined ? [] : [readRound(Number(number), body)];
  });
  rounds.sort((a, b) => a.number - b.number);
  for (const [title, body] of blocks) {
    const same = /^The screen before it was the same as before round (\d+)\.$/mu.exec(body)?.[1];
    const round = rounds.find(({ number }) => title === `round ${number}`);
    const screen = rounds.find(({ number }) => number === Number(same))?.screen;
    if (round !== undefined && screen !== undefined) round.screen ??= screen;
  }
  const last = blocks.find(([title]) => title === "after the last round")?.[1];
  return { rounds, ...(last === undefined ? {} : { last: readScreen(last) }) };
}

function readRound(number: number, body: string): SeenRound {
  const note = blockIn(body, "note");
  const action = blockIn(body, "action") ?? "";
  const refusal = /^Outcome: NOT carried out, refused by (.*)$/mu.exec(body)?.[1];
  return {
    number,
    reply: "",
    code: action.startsWith("ended the task") ? "exit()" : action.split("  # ")[0]!,
    ...(refusal === undefined ? {} : { refusal }),
    ...(note === undefined ? {} : { note }),
    ...(blockIn(body, "screen") === undefined ? {} : { screen: readScreen(body) }),
  };
}

function readScreen(body: string | undefined): SeenScreen {
  const text = blockIn(body, "screen") ?? "";
  const front = /^App in front: ([^\s,]*)(?:, activity (\S+))?$/mu.exec(text);
  return { page: new Page(front?.[1] ?? "", front?.[2] ?? "", readListing(text)), lines: text.split("\n") };
}

function blockIn(text: string | undefined, tag: string): string | undefined {
  return text === undefined ? undefined : readBlocks(text, tag)[0];
}
