import { countTokens } from "../../llm/index.ts";
import { listing, type Screen } from "../../screen/index.ts";
import { cutLines, fits } from "../text.ts";
import { screenSection } from "./blocks.ts";

/** Tokens of a whole prompt without its history, which has a bound of its own. */
const besideHistory = 12_000;
/** The screen gets as much at least. */
const leastListing = 2_000;

export interface AroundScreen {
  system: string;
  /** What the turn tells of the past, and the bound it was told within. */
  past?: string | undefined;
  historyTokens: number;
}

/**
 * A user turn whose screen takes no more room than the rest of the prompt leaves it: `around` gives the turn with a
 * screen's section in its place.
 */
export function fitScreen(
  screen: Screen,
  { system, past = "", historyTokens }: AroundScreen,
  around: (screen: string) => string,
): string {
  const whole = listing(screen);
  const all = around(screenSection(screen, whole));
  const bound = besideHistory + historyTokens;
  // No token is shorter than a byte, and the past has its bound: most prompts need no counting.
  const bytes = Buffer.byteLength(system) + Buffer.byteLength(all) - Buffer.byteLength(past);
  if (bytes <= besideHistory || fits(system + all, bound)) return all;
  const rest = countTokens(system) + countTokens(around(screenSection(screen, "")));
  const shown = cutLines(whole, Math.max(leastListing, bound - rest), "(the rest is not listed)");
  return around(screenSection(screen, shown));
}
