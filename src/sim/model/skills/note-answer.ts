import { finish, giveUp } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { noteEditor, toNote } from "./notes-way.ts";

/** What a note says, or one fact that it states as "the door code is 1234". */
export const noteAnswer: Skill = {
  name: "note: answer",
  goals: [
    /\bwhat is the (?<fact>.+?) in the (?:markor )?note (?<name>\S+?\.\w+)\b[^?]*\?/iu,
    /\bwhat does the (?:markor )?note (?<name>\S+?\.\w+) say\b[^?]*\?/iu,
  ],
  plan: ({ name, fact }) => [
    "Open the Markor app.",
    `Open the note ${name}.`,
    fact === undefined ? "Answer with what it says." : `Find the ${fact} and answer with it.`,
  ],
  next(situation, { name = "", fact }) {
    const way = toNote(name, situation);
    if (way) return way;
    const { text } = noteEditor(situation.page, name)!;
    const answer = fact === undefined ? text : factIn(text, fact);
    return answer === undefined
      ? giveUp(3, `The note ${name} does not say the ${fact}.`)
      : finish(answer, "The note says so.");
  },
};

function factIn(text: string, fact: string): string | undefined {
  const name = fact.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
  return new RegExp(String.raw`\b${name}\s*(?:is\b|:|=)\s*(.+?)[.!]?$`, "imu").exec(text)?.[1];
}
