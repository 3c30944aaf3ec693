import type { Expectation } from "./task.ts";

const WORDS = new Set(["equals", "contains", "matches", "between", "phone"]);

/** Whether a piece of text found on the device is what was expected. */
export function meets(found: string, expectation: Expectation): boolean {
  const text = found.trim();
  if ("equals" in expectation) return text === String(expectation.equals).trim();
  if ("contains" in expectation) return text.includes(expectation.contains);
  if ("matches" in expectation) return new RegExp(expectation.matches).test(text);
  if ("phone" in expectation) return digits(text) === digits(String(expectation.phone));
  const number = Number(text);
  return text !== "" && number >= expectation.between[0] && number <= expectation.between[1];
}

/**
 * The same for an agent's answer, which is a sentence of its own: case, spacing, quotes and closing
 * punctuation do not matter, and a telephone number may stand among words.
 */
export function answerMeets(answer: string, expectation: Expectation): boolean {
  if ("phone" in expectation) return digits(answer).includes(digits(String(expectation.phone)));
  if ("matches" in expectation) return meets(answer, expectation);
  if ("equals" in expectation) return plain(answer) === plain(String(expectation.equals));
  if ("contains" in expectation) return plain(answer).includes(plain(expectation.contains));
  return meets(plain(answer), expectation);
}

/** The expectation in words: `equals 1`. */
export function describe(expectation: Expectation): string {
  if ("between" in expectation) return `is between ${expectation.between.join(" and ")}`;
  const [[word, value] = ["", ""]] = Object.entries(expectation);
  return word === "phone" ? `is the number ${value}` : `${word} ${JSON.stringify(value)}`;
}

/** The expectation among the fields of a check. */
export function expectationOf(fields: object): Expectation {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => WORDS.has(key))) as Expectation;
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, "");
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/["'“”‘’`]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/[.!?]+$/, "");
}
