import { createRandom, type Random } from "../../random.ts";
import { finish, tap } from "./moves.ts";
import { nameOf } from "./page.ts";
import type { Move, Situation } from "./skill.ts";

/**
 * Some end the episode: a premature finish always; a wordless one unless somebody objects that it says no reason;
 * one that has lost track only where no plan in the prompt says what is left. The others cost rounds.
 */
const kinds = [
  "wrong element",
  "malformed code",
  "premature finish",
  "wordless finish",
  "lost track",
  "repeated no-op",
] as const;
export type Mistake = (typeof kinds)[number];

/** Of eight mistakes. */
const often: Record<Mistake, number> = {
  "wrong element": 2,
  "malformed code": 1,
  "premature finish": 2,
  "wordless finish": 1,
  "lost track": 1,
  "repeated no-op": 1,
};
const lots = kinds.flatMap((kind) => Array.from({ length: often[kind] }, () => kind));

/** Rounds that a repeated no-op lasts. */
const noOpRounds = 3;

/** Where the mistakes of one policy call come from: equal sources give equal mistakes. */
export interface MistakeSource {
  seed: number;
  errorRate: number;
  /** The request's sampling seed, 0 where it has none. */
  requestSeed: number;
  goal: string;
  round: number;
}

/** The mistake of a round, if it has one. A no-op begun in one of the last rounds goes on. */
export function mistakeOf(source: MistakeSource): Mistake | undefined {
  for (let since = noOpRounds - 1; since > 0; since--) {
    const earlier = source.round - since;
    if (earlier > 0 && drawMistake({ ...source, round: earlier }) === "repeated no-op")
      return "repeated no-op";
  }
  return drawMistake(source);
}

function drawMistake(source: MistakeSource): Mistake | undefined {
  const random = randomOf(source, "mistake");
  if (!random.chance(source.errorRate)) return undefined;
  return random.pick(lots);
}

/** The move that is made in place of the right one. */
export function makeMistake(
  mistake: Mistake,
  right: Move,
  { page, openPlan }: Situation,
  source: MistakeSource,
): Move {
  const random = randomOf(source, "form");
  switch (mistake) {
    case "wrong element": {
      const others = page.elements.filter(
        (element) => element.clickable && !right.code.includes(`element_id="${element.index}"`),
      );
      if (others.length === 0) return waiting(right);
      const wrong = random.pick(others);
      return tap(right.stage, wrong, `"${nameOf(wrong)}" looks like the way to go.`);
    }
    case "malformed code":
      return { ...right, code: malformed(right.code, random) };
    case "premature finish":
      return { ...finish("Done.", "That should be all."), stage: right.stage };
    case "wordless finish":
      return { ...finish("", "That should be all."), stage: right.stage };
    case "lost track":
      return openPlan
        ? right
        : { ...finish("Done.", "I think that was the last thing."), stage: right.stage };
    case "repeated no-op":
      return waiting(right);
  }
}

function waiting({ stage }: Move): Move {
  return { stage, code: 'do(action="Wait")', why: "The screen may still be loading." };
}

/** The slips of real models: a bracket lost, an element by its name, plain English. */
function malformed(code: string, random: Random): string {
  return random.pick([
    code.slice(0, code.length - 2),
    'do(action="Click", element_id="the next button")',
    "Click on the button to continue.",
  ]);
}

function randomOf({ seed, requestSeed, goal, round }: MistakeSource, purpose: string): Random {
  return createRandom("demo-model", purpose, seed, requestSeed, goal, round);
}
