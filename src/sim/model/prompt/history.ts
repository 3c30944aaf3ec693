import { readBlocks } from "./sections.ts";

/** A round that is over, as the prompt tells it. */
export interface Round {
  number: number;
  /** What we said. */
  reply: string;
  /** The line of code in it, empty where there was none. */
  code: string;
  /** Why it was not carried out; absent where it was. */
  refusal?: string;
}

export function readHistory(section: string): Round[] {
  const blocks = readBlocks(section, "reply");
  const numbers = [...section.matchAll(/^## Round (\d+)\n<reply>$/gmu)].map((match) => Number(match[1]));
  const outcomes = [...section.matchAll(/^<\/reply>\nOutcome: (.*)$/gmu)].map((match) => match[1]!);
  return blocks.map((reply, i) => {
    const refusal = /^NOT carried out, refused by (.*)$/u.exec(outcomes[i] ?? "")?.[1];
    return {
      number: numbers[i] ?? i + 1,
      reply,
      code: /```\n([^\n]*)\n```/u.exec(reply)?.[1] ?? "",
      ...(refusal === undefined ? {} : { refusal }),
    };
  });
}
