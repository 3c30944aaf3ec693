import type { Browser } from "webdriverio";
import type { Bounds } from "../../screen/index.ts";
import { isLoopback } from "../adb/server.ts";

/** The element key of the WebDriver standard (W3C WebDriver, 12.1). */
const elementKey = "element-6066-11e4-a52e-4f735466cecf";

/** The field that has the focus, as one answer of the server tells it. */
export interface FocusedElement {
  id: string;
  className: string;
  resourceId: string;
  text: string;
  /** Where it equals the text, the field is empty: since API 26 the hint is given as the text. */
  hint: string;
  password: boolean;
  /** As far as it is on the screen. */
  bounds: Bounds;
}

/** What `element/active` answers besides the id, by the setting `elementResponseAttributes`. */
export const focusedAttributes = [
  "text",
  "attribute/class",
  "attribute/resource-id",
  "attribute/hint",
  "attribute/password",
  "rect",
];

/** Ending a session takes a second or two; one whose device hangs is not waited for. */
const endMs = 10_000;

/** One finger: where it goes, in pixels of the screen, how long it stays, when it is down. */
export type FingerMove =
  | { type: "pointerMove"; x: number; y: number; duration: number }
  | { type: "pointerDown" }
  | { type: "pointerUp" }
  | { type: "pause"; duration: number };

/** The calls of one session, each one round trip to Appium. They throw what webdriverio throws. */
export interface Client {
  source(): Promise<string>;
  /** PNG. */
  screenshot(): Promise<Buffer>;
  finger(moves: readonly FingerMove[]): Promise<void>;
  pressKey(keyCode: number): Promise<void>;
  focused(): Promise<FocusedElement | undefined>;
  setText(elementId: string, text: string): Promise<void>;
  textOf(elementId: string): Promise<string>;
  resetCache(): Promise<void>;
  getClipboard(): Promise<string>;
  setClipboard(text: string): Promise<void>;
  /** Ends the session. */
  end(): Promise<void>;
}

export interface OpenClientOptions {
  url: string;
  capabilities: Record<string, unknown>;
  /** Bound of opening the session, in milliseconds. */
  sessionMs: number;
  /** Bound of each call afterwards. */
  commandMs: number;
}

/** Opens a session. webdriverio is large, so it is loaded here, when it is needed. */
export async function openClient(options: OpenClientOptions): Promise<Client> {
  const { protocol, hostname, port, pathname } = new URL(options.url);
  if (isLoopback(hostname)) keepFromProxy(hostname);
  const { remote } = await import("webdriverio");
  const browser = await remote({
    protocol: protocol.replace(":", ""),
    hostname,
    port: Number(port || (protocol === "https:" ? 443 : 80)),
    path: pathname,
    logLevel: "silent",
    // Whether a call may be repeated is for `session.ts` to say, not for the HTTP client.
    connectionRetryCount: 0,
    connectionRetryTimeout: options.sessionMs,
    capabilities: options.capabilities,
  });
  browser.options.connectionRetryTimeout = options.commandMs;
  return clientOver(browser);
}

/**
 * webdriverio gives every call to the proxy of HTTP_PROXY, those to this host as well, unless NO_PROXY names the host when
 * it is loaded.
 */
function keepFromProxy(hostname: string): void {
  const others = process.env["NO_PROXY"]?.trim() ?? "";
  if (others.split(/[\s,;]+/u).includes(hostname)) return;
  process.env["NO_PROXY"] = others === "" ? hostname : `${others},${hostname}`;
}

function clientOver(browser: Browser): Client {
  const mobile = (name: string, args: Record<string, unknown>): Promise<unknown> =>
    browser.executeScript(`mobile: ${name}`, [args]);
  return {
    source: () => browser.getPageSource(),
    screenshot: async () => Buffer.from(await browser.takeScreenshot(), "base64"),
    async finger(moves) {
      const actions = moves.map((move) => (isPress(move) ? { ...move, button: 0 } : move));
      const finger = { type: "pointer", id: "finger", parameters: { pointerType: "touch" }, actions };
      await browser.performActions([finger]);
    },
    pressKey: async (keycode) => void (await mobile("pressKey", { keycode })),
    async focused() {
      const answer: unknown = await browser.getActiveElement();
      return isFields(answer) ? focusedElement(answer) : undefined;
    },
    setText: async (elementId, text) => void (await mobile("replaceElementValue", { elementId, text })),
    textOf: (elementId) => browser.getElementText(elementId),
    resetCache: async () => void (await mobile("resetAccessibilityCache", {})),
    async getClipboard() {
      const content = String(await mobile("getClipboard", {}));
      return Buffer.from(content, "base64").toString();
    },
    async setClipboard(text) {
      const content = Buffer.from(text).toString("base64");
      await mobile("setClipboard", { content, contentType: "plaintext" });
    },
    end() {
      browser.options.connectionRetryTimeout = endMs;
      return browser.deleteSession();
    },
  };
}

function isPress({ type }: FingerMove): boolean {
  return type === "pointerDown" || type === "pointerUp";
}

function isFields(answer: unknown): answer is Record<string, unknown> {
  return typeof answer === "object" && answer !== null;
}

function focusedElement(answer: Record<string, unknown>): FocusedElement | undefined {
  const id = answer[elementKey];
  // webdriverio gives "no such element" as an answer like any other.
  if (typeof id !== "string") return undefined;
  const text = (name: string): string => {
    const value = answer[name];
    return typeof value === "string" ? value : "";
  };
  return {
    id,
    className: text("attribute/class"),
    resourceId: text("attribute/resource-id"),
    text: text("text"),
    hint: text("attribute/hint"),
    password: String(answer["attribute/password"]) === "true",
    bounds: boundsOf(answer["rect"]),
  };
}

function boundsOf(rect: unknown): Bounds {
  const side = (name: string): number => (isFields(rect) ? Number(rect[name] ?? 0) : 0);
  const [left, top] = [side("x"), side("y")];
  return { left, top, right: left + side("width"), bottom: top + side("height") };
}
