import { nameOf } from "./page.ts";
import type { PageElement } from "./prompt/listing.ts";
import type { Move, Situation } from "./skill.ts";

type Direction = "up" | "down" | "left" | "right";

/** Where no line of the plan fits, because all of them are done. */
const allDone = Number.POSITIVE_INFINITY;

export function tap(stage: number, element: PageElement, why?: string): Move {
  return {
    stage,
    code: `do(action="Click", element_id="${element.index}")`,
    why: why ?? `"${nameOf(element)}" is what leads on from here.`,
  };
}

export function longPress(stage: number, element: PageElement, why?: string): Move {
  return {
    stage,
    code: `do(action="Long Press", element_id="${element.index}")`,
    why: why ?? `A long press selects "${nameOf(element)}".`,
  };
}

export function type(stage: number, element: PageElement, text: string): Move {
  return {
    stage,
    code: `do(action="Input Text", element_id="${element.index}", text=${JSON.stringify(text)})`,
    why: `The field "${nameOf(element)}" should hold ${JSON.stringify(text)}.`,
  };
}

export function scroll(stage: number, direction: Direction, why: string, element?: PageElement): Move {
  const target = element === undefined ? "" : `element_id="${element.index}", `;
  return { stage, code: `do(action="Scroll", ${target}direction="${direction}")`, why };
}

export function swipe(stage: number, direction: Direction, element: PageElement, why: string): Move {
  return {
    stage,
    code: `do(action="Swipe", element_id="${element.index}", direction="${direction}")`,
    why,
  };
}

export function back(stage: number, why: string): Move {
  return { stage, code: 'do(action="Navigate Back")', why };
}

export function openApp(stage: number, app: string): Move {
  return { stage, code: `open_app(app_name=${JSON.stringify(app)})`, why: `The task needs the ${app} app.` };
}

export function finish(message: string, why = "The screen shows that the goal is reached."): Move {
  return { stage: allDone, code: `exit(message=${JSON.stringify(message)})`, why };
}

export function giveUp(stage: number, message: string): Move {
  return { stage, code: `exit(message=${JSON.stringify(message)}, status="infeasible")`, why: message };
}

/** The last round that was carried out, if the very last one was. */
export function lastCode({ history }: Situation): string {
  const last = history.at(-1);
  return last === undefined || last.refusal !== undefined ? "" : last.code;
}
