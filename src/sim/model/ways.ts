import { back, lastCode, openApp, scroll, tap, type } from "./moves.ts";
import { nameOf } from "./page.ts";
import type { PageElement } from "./prompt/listing.ts";
import type { Move, Situation } from "./skill.ts";

/** Apps of the demo suite by the name they are opened by. */
export const apps = {
  Settings: "com.android.settings",
  Contacts: "com.google.android.contacts",
  Clock: "com.google.android.deskclock",
  Files: "com.google.android.documentsui",
  Markor: "net.gsantner.markor",
  "Simple SMS Messenger": "com.simplemobiletools.smsmessenger",
  "Simple Calendar Pro": "com.simplemobiletools.calendar.pro",
} as const;

export type AppName = keyof typeof apps;

/** Opens the app unless it is in front: stage 1 of nearly every plan. */
export function into(app: AppName, { page }: Situation): Move | undefined {
  return page.package === apps[app] ? undefined : openApp(1, app);
}

/**
 * Scrolls down for something that is not in view. Nothing when the list has come to its end: the last
 * thing in view is noted in each analysis, and a scroll that did not change it was the last.
 */
export function seek(stage: number, what: string, situation: Situation): Move | undefined {
  const { page, history } = situation;
  const list = page.list;
  const last = page.elements.findLast(
    (element) => element.lines.length > 0 && element.index > (list?.index ?? 0),
  );
  if (list === undefined || last === undefined) return undefined;
  const note = `last in view is ${JSON.stringify(nameOf(last))}`;
  if (lastCode(situation).includes('"Scroll"') && history.at(-1)!.reply.includes(note)) return undefined;
  return scroll(stage, "down", `I look for ${what}; ${note}.`, list);
}

/** Out of a place that no rule of the skill knows: a dialog, a drawer, somebody else's screen. */
export function leave(stage: number, { page }: Situation): Move {
  const exit = page.button(/^(?:cancel|close|no|clear selection|navigate up|back|keep editing)$/iu);
  if (exit) return tap(stage, exit, `This is not where I want to be; "${nameOf(exit)}" leads out.`);
  return back(stage, "This is not where I want to be.");
}

/** Types into a field, unless it holds the text already. */
export function fill(stage: number, field: PageElement, text: string): Move | undefined {
  const wanted = text.split("\n").filter((line) => line.trim() !== "");
  return field.lines.join("\n") === wanted.join("\n") ? undefined : type(stage, field, text);
}

/** The digits of a phone number, which apps write with and without spaces and brackets. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/gu, "");
}

/** Whether one line of the element is this phone number. */
export function showsNumber(element: PageElement, number: string): boolean {
  return element.lines.some((line) => isPhoneNumber(line) && digitsOf(line) === digitsOf(number));
}

export function isPhoneNumber(line: string): boolean {
  return /^\+?[\d\s().-]{6,}$/u.test(line);
}

/** Whether an analysis of a round that was carried out said this. */
export function said({ history }: Situation, words: string): boolean {
  return history.some((round) => round.refusal === undefined && round.reply.includes(words));
}
