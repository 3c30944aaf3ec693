import type { Element, Screen } from "../../screen/index.ts";

type Elements = Pick<Screen, "elements">;

/**
 * Finds an element of a recorded screen on another one, by what it is and not by its number: by class, resource id and
 * words together; else, as other things may be written there today, by class and words or by class and resource id,
 * where only one element has them, then and now. Of several that are alike, such as the switches of a list, it is
 * the one at the same place among them, if there are as many as there were. Undefined where it cannot be told.
 */
export function findAgain(element: Element, recorded: Elements, live: Elements): Element | undefined {
  const like = (traits: Traits) => ({
    before: matches(recorded, element, traits),
    now: matches(live, element, traits),
  });
  const whole = like((one) => [one.className, one.resourceId, wordsOf(one)]);
  if (whole.now.length === 1) return whole.now[0];
  if (whole.now.length > 0) {
    return whole.now.length === whole.before.length ? whole.now[whole.before.indexOf(element)] : undefined;
  }
  const only = ({ before, now }: ReturnType<typeof like>) =>
    before.length === 1 && now.length === 1 ? now[0] : undefined;
  const byWords = wordsOf(element) === "" ? undefined : only(like((one) => [one.className, wordsOf(one)]));
  if (byWords !== undefined || element.resourceId === "") return byWords;
  return only(like((one) => [one.className, one.resourceId]));
}

type Traits = (element: Element) => readonly string[];

function matches({ elements }: Elements, wanted: Element, traits: Traits): Element[] {
  const key = JSON.stringify(traits(wanted));
  return elements.filter((one) => JSON.stringify(traits(one)) === key);
}

/** What a person would call it by. */
function wordsOf({ text, description, hint, label }: Element): string {
  return [text || description || hint, label ?? ""].join("\n").trim();
}
