import { countTokens } from "../../llm/index.ts";
import { listing, type Screen } from "../../screen/index.ts";
import { cutLines, fits } from "../text.ts";
import { screenSection } from "./blocks.ts";

/** Tokens of a whole prompt without its history, which has a bound of its own. */
const besideHistory = 12_000;
/** The screen gets as much at least. */
const leastListing = 2_000;

/**
 * A user turn whose screen takes no more room than the rest of the prompt leaves it: `around` gives the turn with a
 * screen's section in its place.
 */
export function fitScreen(
  screen: Screen,
  { system, historyTokens }: { system: string; historyTokens: number },
  around: (screen: string) => string,
): string {
  const whole = listing(screen);
  const all = around(screenSection(screen, whole));
  const bound = besideHistory + historyTokens;
  if (fits(system + all, bound)) return all;
  const rest = countTokens(system) + countTokens(around(screenSection(screen, "")));
  const shown = cutLines(whole, Math.max(leastListing, bound - rest), "(the rest is not listed)");
  return around(screenSection(screen, shown));
}
