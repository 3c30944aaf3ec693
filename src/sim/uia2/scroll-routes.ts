/** Scrolling to an element (the real one's `ScrollTo` and `ScrollToElement`), by UiScrollable. */
import { optionalNumber, required, requiredText, type Call, type Routes } from "./context.ts";
import { elementIdOf } from "./elements.ts";
import { noSuchElement, Uia2Error } from "./errors.ts";
import { elementOf } from "./locate.ts";
import {
  firstSelector,
  Scrollable,
  selectedNode,
  selectorFor,
  type UiSelector,
} from "./ui-selector/index.ts";

const strategies = ["accessibility id", "class name", "-android uiautomator"];
const horizontalList = "android.widget.HorizontalScrollView";

export const scrollRoutes: Routes = {
  "POST /session/:sessionId/gestures/scroll_to": async (call) => {
    const params = required(call.body, "params") as Record<string, unknown>;
    const wanted = await wantedOf(call, requiredText(params, "strategy"), requiredText(params, "selector"));
    const list = new Scrollable(call, listOf(call, elementIdOf(call.body["origin"])));
    const found = selectedNode(call, list.container, undefined);
    if (found === undefined) throw noSuchElement();
    if (found.tree.className === horizontalList) list.vertical = false;
    const maxSwipes = optionalNumber(params, "maxSwipes") ?? 0;
    if (maxSwipes > 0) list.maxSwipes = maxSwipes;
    if (!(await list.scrollIntoView(wanted))) throw noSuchElement();
  },
  "POST /session/:sessionId/appium/element/:id/scroll_to/:id2": async (call) => {
    const container = selectorOfElement(call, call.parameters["id"]!);
    const wanted = selectorOfElement(call, call.parameters["id2"]!);
    if (container === undefined || wanted === undefined)
      throw new Uia2Error(
        "invalid argument",
        `${container === undefined ? "Element" : "Scroll to Element"} was not an instance of UiObject; only UiSelector is supported. Ensure you use the '-android uiautomator' locator strategy when finding elements for use with ScrollToElement`,
      );
    const list = new Scrollable(call, container);
    if (list.exists(wanted)) return;
    await list.flingToBeginning(list.maxSwipes);
    for (let swipes = 0; swipes < list.maxSwipes && !list.exists(wanted); swipes++) {
      if (!(await list.forward())) break;
    }
    if (!list.exists(wanted)) throw noSuchElement();
  },
};

async function wantedOf(call: Call, strategy: string, selector: string): Promise<UiSelector> {
  switch (strategy) {
    case "accessibility id":
      return selectorFor("description", selector);
    case "class name":
      return selectorFor("className", selector);
    case "-android uiautomator":
      return firstSelector(call, selector);
    default:
      throw new Uia2Error(
        "invalid argument",
        `Unsupported strategy: '${strategy}'. The only supported strategies are: [${strategies.join(", ")}].`,
      );
  }
}

/** The element's own selector, or the first thing on the screen that scrolls. */
function listOf(call: Call, id: string | undefined): UiSelector {
  if (id === undefined) return { tests: [({ tree }) => tree.scrollable === true] };
  const selector = selectorOfElement(call, id);
  if (selector !== undefined) return selector;
  throw new Uia2Error("invalid argument", "The given origin element must be a valid scrollable UiObject");
}

/** Of an element that was found by `-android uiautomator`; others have none. */
function selectorOfElement(call: Call, id: string): UiSelector | undefined {
  elementOf(call, id);
  return call.session.elements.get(id).selector;
}
