import { createHash } from "node:crypto";
import type { Action } from "../../src/action/index.ts";
import type { Agent, Decision, Observation } from "../../src/agent/index.ts";
import type { Device, DeviceInfo } from "../../src/device/index.ts";
import type { RecordedCall } from "../../src/llm/index.ts";
import type { Element, Screen } from "../../src/screen/index.ts";
import type { TaskInstance } from "../../src/task/index.ts";

/** Fakes for unit tests: a device that is a book of numbered pages, and an agent that turns them. */

export function fakeElement(index: number, text: string): Element {
  return {
    index,
    className: "android.widget.TextView",
    resourceId: "",
    package: "com.example.book",
    text,
    description: "",
    hint: "",
    bounds: { left: 0, top: index * 100, right: 1080, bottom: index * 100 + 100 },
    clickable: true,
    longClickable: false,
    checkable: false,
    checked: false,
    editable: false,
    enabled: true,
    focusable: true,
    focused: false,
    scrollable: false,
    selected: false,
    password: false,
    visibleFraction: 1,
  };
}

export function fakeScreen(page: number): Screen {
  const bytes = Buffer.from(`picture of page ${page}`);
  return {
    width: 1080,
    height: 2400,
    rotation: 0,
    package: "com.example.book",
    activity: ".Page",
    elements: [fakeElement(0, `Page ${page}`), fakeElement(1, "Next")],
    image: { sha256: createHash("sha256").update(bytes).digest("hex"), bytes, mediaType: "image/webp" },
    treeSource: "uiautomator",
    xml: `<hierarchy><node text="Page ${page}"/></hierarchy>`,
    secure: false,
    keyboardShown: false,
    capturedAt: 1_700_000_000_000 + page,
    fingerprint: `page-${page}`,
  };
}

export function fakeInfo(serial: string): DeviceInfo {
  return {
    serial,
    identity: `identity of ${serial}`,
    driver: "adb",
    model: "Book",
    apiLevel: 33,
    width: 1080,
    height: 2400,
    density: 420,
    features: [],
    emulator: false,
    capabilities: {
      root: false,
      inputMethod: "",
      text: ["keys"],
      picture: "png",
      windows: false,
      snapshots: false,
    },
  };
}

export interface FakeDevice extends Device {
  /** Calls made, by name. */
  readonly calls: string[];
  closed: boolean;
}

/** A tap turns a page, HOME goes back to page 0. `fault` may throw before any call. */
export function fakeDevice(
  serial = "book-1",
  fault: (call: string) => void | Promise<void> = () => {},
): FakeDevice {
  let page = 0;
  const call = async (name: string) => {
    device.calls.push(name);
    await fault(name);
  };
  const device: FakeDevice = {
    info: fakeInfo(serial),
    calls: [],
    closed: false,
    async screen() {
      await call("screen");
      return fakeScreen(page);
    },
    async perform(action) {
      await call(action.type);
      if (action.type === "press" && action.key === "home") page = 0;
      if (action.type === "tap") page++;
      if (action.type === "openApp") return { ok: false, reason: "a book has no apps" };
      return { ok: true };
    },
    async shell() {
      await call("shell");
      return { stdout: "", stderr: "", exitCode: 0 };
    },
    push: () => call("push"),
    async pull() {
      await call("pull");
      return Buffer.alloc(0);
    },
    install: () => call("install"),
    async forward(devicePort) {
      await call("forward");
      return { port: devicePort, close: async () => {} };
    },
    async reverse(devicePort) {
      await call("reverse");
      return { port: devicePort, close: async () => {} };
    },
    async apps() {
      await call("apps");
      return [{ package: "com.example.book", activity: "com.example.book/.Page", name: "Book" }];
    },
    async close() {
      device.closed = true;
    },
  };
  return device;
}

export function fakeCall(text: string): RecordedCall {
  return {
    role: "policy",
    prompt: "fake.v1",
    messages: [{ role: "user", content: `What now? ${text}` }],
    response: {
      text,
      model: "fake",
      usage: { promptTokens: 10, completionTokens: 2 },
      latencyMs: 0,
      attempts: 1,
    },
  };
}

export function fakeDecision(action: Action | undefined, more: Partial<Decision> = {}): Decision {
  const response = JSON.stringify(action ?? "refused");
  return {
    ...(action === undefined ? {} : { action }),
    thought: "I turn the page.",
    response,
    plan: [{ text: "Turn pages", done: false }],
    experiences: [],
    ...more,
  };
}

export const tapNext: Action = { type: "tap", target: { kind: "element", index: 1 } };

/** Turns pages until the one its goal names (`Go to page 3`), then finishes. */
export function fakeAgent(): Agent {
  return {
    async decide({ goal, screen, calls }: Observation) {
      const wanted = goal.replace("Go to page", "Page");
      const there = screen.elements.some((element) => element.text === wanted);
      return asked(
        calls,
        fakeDecision(there ? { type: "finish", status: "complete", message: "" } : tapNext),
      );
    },
  };
}

/** An agent that does the given things in order, and then finishes. */
export function scriptedAgent(decisions: readonly Decision[]): Agent {
  const left = [...decisions];
  return {
    decide: async ({ calls }) =>
      asked(calls, left.shift() ?? fakeDecision({ type: "finish", status: "complete", message: "" })),
  };
}

/** The decision as one that took one call of a model. */
function asked(calls: RecordedCall[], decision: Decision): Decision {
  calls.push(fakeCall(decision.response));
  return decision;
}

export function pageTask(page: number, number = 1, more: Partial<TaskInstance> = {}): TaskInstance {
  return {
    id: `page-${page}#${number}`,
    templateId: `page-${page}`,
    number,
    seed: number,
    params: { page },
    goal: `Go to page ${page}`,
    setup: [],
    checks: [{ element: { text: `Page ${page}` } }],
    budget: 8,
    apps: ["Book"],
    tags: [],
    ...more,
  };
}
