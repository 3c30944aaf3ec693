import { KEY } from "../ui/keycodes.ts";
import { attributeNames, attributeOf } from "./attributes.ts";
import { requiredText, type Call, type Routes } from "./context.ts";
import type { Locator, Origin } from "./elements.ts";
import { noSuchElement, Uia2Error } from "./errors.ts";
import { centerOf, textOf, type UiNode } from "./nodes.ts";
import { elementOf, findEvery, findFirst, focusedNode } from "./locate.ts";
import { act, spend, spendAndSettle } from "./screen.ts";

/** Below `/session/:sessionId`: finding elements, asking them, writing into them. */
export const elementRoutes: Routes = {
  "POST /session/:sessionId/element": async (call) => {
    await spendAndSettle(call, "uia2Find");
    const locator = locatorOf(call);
    const found = await findFirst(call, locator);
    if (found === undefined) throw noSuchElement();
    return modelOf(call, found.node, { locator, selector: found.selector });
  },
  "POST /session/:sessionId/elements": async (call) => {
    await spendAndSettle(call, "uia2Find");
    const locator = locatorOf(call);
    const found = await findEvery(call, locator);
    return found.map(({ node, selector }) => modelOf(call, node, { locator, selector, many: true }));
  },
  "GET /session/:sessionId/element/active": async (call) => {
    await spendAndSettle(call, "uia2Find");
    const focused = focusedNode(call);
    if (focused === undefined) throw noSuchElement();
    return modelOf(call, focused);
  },
  "GET /session/:sessionId/appium/element/:id/first_visible": (call) => {
    const [first] = elementOf(call).children;
    if (first === undefined) throw noSuchElement();
    return modelOf(call, first);
  },
  "GET /session/:sessionId/element/:id/text": (call) => textOf(elementOf(call)),
  "GET /session/:sessionId/element/:id/name": (call) => elementOf(call).tree.desc ?? null,
  "GET /session/:sessionId/element/:id/attribute/:name": (call) => {
    const name = call.parameters["name"] ?? "";
    const value = attributeOf(elementOf(call), name);
    if (value !== undefined) return value;
    throw new Uia2Error(
      "unknown command",
      `'${name}' attribute is unknown for the element. Only the following attributes are supported: [${attributeNames.join(", ")}]`,
    );
  },
  "GET /session/:sessionId/element/:id/rect": (call) => rectOf(elementOf(call)),
  "GET /session/:sessionId/element/:id/size": (call) => {
    const { width, height } = rectOf(elementOf(call));
    return { width, height };
  },
  "GET /session/:sessionId/element/:id/location": (call) => {
    const { x, y } = rectOf(elementOf(call));
    return { x, y };
  },
  "POST /session/:sessionId/element/:id/click": async (call) => {
    await spend(call, "uia2Input");
    const { x, y } = centerOf(elementOf(call).tree.bounds);
    call.host.phone.windows.tap(x, y);
  },
  "POST /session/:sessionId/element/:id/clear": async (call) => {
    await spend(call, "uia2Input");
    setText(call, elementOf(call), "");
  },
  "POST /session/:sessionId/element/:id/value": async (call) => {
    await spend(call, "uia2Input");
    sendKeys(call, elementOf(call));
  },
  "POST /session/:sessionId/keys": async (call) => {
    await spend(call, "uia2Input");
    const focused = focusedNode(call);
    if (focused === undefined) throw noSuchElement();
    sendKeys(call, focused);
  },
};

function locatorOf({ body }: Call): Locator {
  const { context } = body;
  return {
    strategy: requiredText(body, "strategy"),
    selector: requiredText(body, "selector"),
    context: typeof context === "string" && context.trim() !== "" ? context : undefined,
  };
}

/** What a client gets of an element: its id, and with `shouldUseCompactResponses` off what it asked for. */
function modelOf({ session }: Call, node: UiNode, origin: Origin = {}): Record<string, unknown> {
  const model = session.elements.add(node, origin);
  if (session.settings.get("shouldUseCompactResponses")) return model;
  const more = session.settings
    .get("elementResponseAttributes")
    .split(",")
    .map((field): [string, unknown] => [field, fieldOf(node, field)])
    .filter(([, value]) => value !== undefined);
  return { ...model, ...Object.fromEntries(more) };
}

function fieldOf(node: UiNode, field: string): unknown {
  if (field === "name") return node.tree.desc ?? null;
  if (field === "rect") return rectOf(node);
  if (["text", "enabled", "displayed", "selected"].includes(field)) return attributeOf(node, field);
  return field.startsWith("attribute/") ? attributeOf(node, field.slice("attribute/".length)) : undefined;
}

export function rectOf({ tree }: UiNode): { x: number; y: number; width: number; height: number } {
  const { left, top, right, bottom } = tree.bounds;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** `SendKeysToElement`: a slider's value, or a text that is put in place of the old one or behind it. */
function sendKeys(call: Call, node: UiNode): void {
  const text = requiredText(call.body, "text");
  const { setProgress } = node.tree;
  if (setProgress !== undefined) {
    const value = Number.parseFloat(text);
    if (Number.isNaN(value)) throw new Uia2Error("invalid argument", `Cannot convert '${text}' to float`);
    const { min, max } = node.tree.range!;
    act(call, node.window.package, () => setProgress(Math.min(Math.max(min, value), max)));
    return;
  }
  const replace = call.body["replace"] === true || call.body["replace"] === "true";
  // Where the hint is shown, the real server clears in vain and takes what is left for the hint.
  const before = replace || node.tree.showingHint ? "" : textOf(node);
  if (!setText(call, node, before + text))
    throw new Uia2Error(
      "invalid element state",
      `Cannot set the element to '${text}'. Did you interact with the correct element?`,
    );
  // The real server looks for a backslash and an n, not for a line break.
  if (text.endsWith("\\n")) call.host.phone.windows.key(KEY.ENTER);
}

/** ACTION_SET_TEXT. False where the node takes none. */
function setText(call: Call, node: UiNode, text: string): boolean {
  const { setText: set, maxTextLength } = node.tree;
  if (set === undefined) return false;
  const limit = maxTextLength ?? 0;
  act(call, node.window.package, () => set(limit > 0 ? text.slice(0, limit) : text));
  return true;
}
