import { expect, test } from "@jest/globals";
import type { Action, Stroke } from "../../../src/action/index.ts";
import type { MeantField } from "../../../src/device/act/focus.ts";
import { type Body, perform } from "../../../src/device/act/perform.ts";
import { actionUnsure, tellUnsure } from "../../../src/device/act/unsure.ts";
import { infraError } from "../../../src/errors.ts";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import { buildScreen } from "../../../src/screen/index.ts";
import { treeXml } from "../../screen/support.ts";
import { fakeTransport } from "../adb/support.ts";

const screen = buildScreen({
  width: 1000,
  height: 2000,
  package: "app",
  activity: ".Main",
  secure: false,
  keyboardShown: false,
  capturedAt: 0,
  treeSource: "uiautomator",
  xml: treeXml(
    { class: "android.widget.EditText", text: "name", bounds: [0, 100, 1000, 200] },
    { class: "android.widget.EditText", text: "phone", focused: true, bounds: [0, 200, 1000, 300] },
    { class: "android.view.View", text: "Search", clickable: true, bounds: [0, 300, 1000, 400] },
  ),
});

/** Carries out one action on hands that write down what they are told. */
async function carriedOut(action: Action): Promise<unknown[][]> {
  const told: unknown[][] = [];
  const hands = {
    tap: async ({ x, y }: { x: number; y: number }) => void told.push(["tap", x, y]),
    stroke: async ({ from, to }: Stroke, ms: number) =>
      void told.push(["stroke", from.x, from.y, to.x, to.y, ms]),
    replaceText: async (text: string, { field, before }: MeantField) => {
      told.push(["replaceText", text, field?.text, before?.text]);
      return { ok: true } as const;
    },
  };
  const body = {
    hands,
    commands: commandsOver(fakeTransport([]).transport, 1000),
    foreground: async () => ({ package: "app", activity: ".Main", systemDialog: "" }),
    apps: async () => [],
  } as unknown as Body;
  expect(await perform(action, screen, body)).toEqual({ ok: true });
  return told;
}

const into = (index: number): Action => ({
  type: "inputText",
  text: "x",
  target: { kind: "element", index },
});

test("a field is tapped before it is typed into, and named to who types", async () => {
  expect(await carriedOut(into(0))).toEqual([
    ["tap", 500, 150],
    ["replaceText", "x", "name", "phone"],
  ]);
});

test("so is one that is tapped at a point", async () => {
  const target = { kind: "point", x: 20, y: 120 } as const;
  expect(await carriedOut({ type: "inputText", text: "x", target })).toEqual([
    ["tap", 20, 120],
    ["replaceText", "x", "name", "phone"],
  ]);
});

test("one that has the focus is not tapped, which would move its cursor", async () => {
  expect(await carriedOut(into(1))).toEqual([["replaceText", "x", "phone", undefined]]);
});

test("what only brings up a field is no field to wait for", async () => {
  expect(await carriedOut(into(2))).toEqual([
    ["tap", 500, 350],
    ["replaceText", "x", undefined, undefined],
  ]);
});

test("a swipe to a place ends there, slowly enough to stay", async () => {
  const target = { kind: "element", index: 2 } as const;
  expect(await carriedOut({ type: "swipe", direction: "right", target })).toEqual([
    ["stroke", 500, 350, 1000 - 1, 350, 250],
  ]);
  const to = { kind: "point", x: 810, y: 355 } as const;
  expect(await carriedOut({ type: "swipe", direction: "right", target, to })).toEqual([
    ["stroke", 500, 350, 810, 355, 600],
  ]);
});

test("a dialog of the system can be answered by who saw it, and is in the way of everybody else", async () => {
  const told: string[] = [];
  const dialog = { package: "android", activity: "", systemDialog: "Application Not Responding: app" };
  const body = {
    hands: { tap: async () => void told.push("tap") },
    foreground: async () => dialog,
  } as unknown as Body;
  const tap: Action = { type: "tap", target: { kind: "element", index: 2 } };
  expect(await perform(tap, screen, body)).toEqual({
    ok: false,
    reason: expect.stringContaining("Application Not Responding: app"),
  });
  expect(told).toEqual([]);
  expect(await perform(tap, { ...screen, package: "android", activity: "" }, body)).toEqual({ ok: true });
  expect(told).toEqual(["tap"]);
});

test("an app whose icon starts another activity than it did is looked for anew", async () => {
  const listed = (activity: string) => ({ package: "org.example.notes", activity, name: "Notes" });
  const asked: boolean[] = [];
  const { transport, commands } = fakeTransport([
    [/Old'$/u, { stderr: "Error: Activity class {x} does not exist.\n", exitCode: 1 }],
    [/New'$/u, "Status: ok\n"],
  ]);
  const body = {
    commands: commandsOver(transport, 1000),
    apps: async ({ fresh }: { fresh: boolean }) => {
      asked.push(fresh);
      return [listed(`org.example.notes/.${fresh ? "New" : "Old"}`)];
    },
  } as unknown as Body;
  expect(await perform({ type: "openApp", app: "Notes" }, screen, body)).toEqual({ ok: true });
  expect(asked).toEqual([false, true]);
  expect(commands).toHaveLength(2);
});

test("an app is opened from under the notification shade, which is sent away", async () => {
  const { transport, commands } = fakeTransport([
    [/statusbar/u, ""],
    [/^am 'start/u, "Status: ok\n"],
  ]);
  const app = { package: "org.example.notes", activity: "org.example.notes/.Main", name: "Notes" };
  const body = { commands: commandsOver(transport, 1000), apps: async () => [app] } as unknown as Body;
  const shade = { ...screen, package: "com.android.systemui", activity: "" };
  expect(await perform({ type: "openApp", app: "Notes" }, shade, body)).toEqual({ ok: true });
  expect(commands[0]).toContain("'statusbar' 'collapse'");
  expect(commands[1]).toContain("'org.example.notes/.Main'");
});

test("an action of which nobody knows whether it was done is told to the agent; other faults are thrown", async () => {
  const late = infraError("DEVICE_TIMEOUT", "no answer");
  expect(await tellUnsure(Promise.reject(actionUnsure(late)))).toEqual({
    ok: false,
    reason: expect.stringContaining("may or may not have been done"),
  });
  await expect(tellUnsure(Promise.reject(late))).rejects.toBe(late);
  expect(await tellUnsure(Promise.resolve({ ok: true }))).toEqual({ ok: true });
});
