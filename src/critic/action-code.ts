import { type Action, androidGenCode } from "../action/index.ts";
import { type Element, listing, type Screen } from "../screen/index.ts";

type Shown = Pick<Screen, "elements" | "package">;

/** The element that an action is aimed at, by its number: imported screens may lack some. */
export function aimedAt(action: Action, { elements }: Pick<Screen, "elements">): Element | undefined {
  if (!("target" in action) || action.target?.kind !== "element") return undefined;
  const { index } = action.target;
  return elements.find((element) => element.index === index);
}

/** The code of an action, and what its element was: a bare number says nothing on another screen. */
export function codeLine(action: Action, screen: Shown): string {
  const code = androidGenCode.format(action);
  const element = aimedAt(action, screen);
  return element === undefined
    ? code
    : `${code}  # ${listing({ elements: [element], package: screen.package })}`;
}
