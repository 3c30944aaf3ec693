import { describe, expect, test } from "@jest/globals";
import { writeWindows } from "../../../src/sim/ui/dump.ts";
import * as ui from "../../../src/sim/ui/index.ts";
import type { TreeNode } from "../../../src/sim/ui/tree.ts";
import { bench } from "./fake-host.ts";
import { parseDump } from "./parse-dump.ts";

function nodesOf(node: TreeNode): TreeNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

function screenWithField(more: Partial<ui.TextFieldView> = {}) {
  const values = { text: "" };
  const device = bench(() =>
    ui.column([
      ui.textField({
        id: "field",
        value: values.text,
        hint: "Name",
        onChange: (text) => (values.text = text),
        ...more,
      }),
    ]),
  );
  return { ...device, values };
}

describe("the windows that an accessibility service is told of", () => {
  test("are the bars above the activity, topmost first, and one of them is active", () => {
    const { windows } = bench(() => ui.text("Hello"));
    expect(
      windows
        .accessibilityWindows()
        .map(({ type, package: owner, active, bounds }) => [type, owner, active, bounds]),
    ).toEqual([
      ["system", "com.android.systemui", false, { left: 0, top: 2274, right: 1080, bottom: 2400 }],
      ["system", "com.android.systemui", false, { left: 0, top: 0, right: 1080, bottom: 63 }],
      ["application", "com.example.app", true, { left: 0, top: 0, right: 1080, bottom: 2400 }],
    ]);
    const layers = windows.accessibilityWindows().map(({ layer }) => layer);
    expect(layers).toEqual(layers.toSorted((a, b) => b - a));
  });

  test("have the system's views: the clock, and buttons that do what they say", () => {
    const { windows, calls } = bench(() => ui.text("Hello"));
    const all = windows.accessibilityWindows().flatMap(({ root }) => nodesOf(root));
    expect(all.find(({ resourceId }) => resourceId === "com.android.systemui:id/clock")?.text).toBe("3:34");
    for (const desc of ["Back", "Home", "Overview"]) {
      const { bounds } = all.find((node) => node.desc === desc)!;
      windows.tap((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2);
    }
    expect(calls).toEqual(["back", "home", "recents"]);
  });

  test("leave out what a modal dialog covers, and what it covers comes back with its end", () => {
    let open = true;
    const { windows } = bench(() => ({
      root: ui.text("Behind"),
      ...(open
        ? {
            overlay: {
              look: "dialog" as const,
              view: ui.alertDialog({ title: "Sure?", positive: { text: "OK", onTap: () => (open = false) } }),
            },
          }
        : {}),
    }));
    const apps = () => windows.accessibilityWindows().filter(({ type }) => type === "application");
    expect(apps()).toMatchObject([{ title: "Sure?", active: true }]);
    const ok = nodesOf(apps()[0]!.root).find(({ text }) => text === "OK")!;
    windows.tap(ok.bounds.left + 5, ok.bounds.top + 5);
    expect(
      apps()
        .flatMap(({ root }) => nodesOf(root))
        .map(({ text }) => text),
    ).toContain("Behind");
  });

  test("have the keyboard while it is shown, each key where it can be tapped", () => {
    const { windows, settings, values } = screenWithField({ autoFocus: true });
    const keyboard = windows.accessibilityWindows().find(({ type }) => type === "inputMethod")!;
    expect(keyboard.package).toBe("com.google.android.inputmethod.latin");
    for (const desc of ["h", "i", "Space", "Delete"]) {
      const { bounds } = nodesOf(keyboard.root).find((node) => node.desc === desc)!;
      windows.tap((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2);
    }
    expect(values.text).toBe("hi");
    settings.put("secure", "show_ime_with_hard_keyboard", "0");
    windows.hideKeyboard();
    expect(windows.accessibilityWindows().some(({ type }) => type === "inputMethod")).toBe(false);
  });

  test("tell what can be typed into a field", () => {
    const { windows } = screenWithField({ inputType: "number", password: true, maxLength: 4 });
    const field = windows
      .accessibilityWindows()
      .flatMap(({ root }) => nodesOf(root))
      .find(({ resourceId }) => resourceId?.endsWith("/field"));
    expect(field).toMatchObject({
      hint: "Name",
      showingHint: true,
      text: "Name",
      maxTextLength: 4,
      // TYPE_CLASS_NUMBER and the variation of passwords.
      inputType: 0x82,
      multiLine: false,
      drawingOrder: 1,
    });
  });

  test("are written as dump --windows of API 33 does", () => {
    const { windows } = bench(() => ui.text("A & B"));
    const xml = writeWindows(windows.accessibilityWindows(), 0);
    expect(xml.match(/<(?:displays|display|window)\b[^>]*>/g)).toEqual([
      "<displays>",
      '<display id="0">',
      '<window index="0" title="Navigation bar" bounds="[0,2274][1080,2400]" active="false" focused="false" accessibility-focused="false" id="1" layer="8" type="TYPE_SYSTEM">',
      '<window index="1" title="" bounds="[0,0][1080,63]" active="false" focused="false" accessibility-focused="false" id="2" layer="5" type="TYPE_SYSTEM">',
      '<window index="2" title="" bounds="[0,0][1080,2400]" active="true" focused="true" accessibility-focused="false" id="13" layer="0" type="TYPE_APPLICATION">',
    ]);
    expect(parseDump(xml).map(({ text }) => text)).toContain("A & B");
  });
});

test("a long press on a field opens the bar that pastes, which goes with the next touch", () => {
  const { windows, values, clipboard, calls } = screenWithField({ autoFocus: true, multiline: true });
  windows.hideKeyboard();
  clipboard.text = "é\n😀 مرحبا";
  const labels = (): string[] =>
    windows
      .accessibilityWindows()
      .filter(({ title }) => title.startsWith("PopupWindow"))
      .flatMap(({ root }) => nodesOf(root))
      .flatMap(({ desc }) => desc ?? []);
  const choose = (label: string): void => {
    const node = windows
      .accessibilityWindows()
      .flatMap(({ root }) => nodesOf(root))
      .find(({ desc }) => desc === label)!;
    windows.tap(node.bounds.left + 9, node.bounds.top + 9);
  };
  windows.longPress(300, 100);
  expect(labels()).toEqual(["Paste"]);
  choose("Paste");
  expect(values.text).toBe(clipboard.text);
  expect(labels()).toEqual([]);
  windows.longPress(300, 100);
  expect(labels()).toEqual(["Cut", "Copy", "Paste", "Select all"]);
  windows.pixels();
  choose("Select all");
  windows.longPress(300, 100);
  choose("Cut");
  expect([values.text, clipboard.text]).toEqual(["é\n😀 ", "مرحبا"]);
  windows.longPress(300, 100);
  windows.key(4);
  expect(labels()).toEqual([]);
  expect(calls).toEqual([]);
});

test("a field takes no more than its greatest length, and cuts no character in two", () => {
  const { windows, values } = screenWithField({ autoFocus: true, maxLength: 4 });
  windows.commitText("abc😀");
  expect(values.text).toBe("abc");
  windows.commitText("de");
  expect(values.text).toBe("abcd");
});

test("a field keeps any text as it was committed", () => {
  const { windows, values } = screenWithField({ autoFocus: true, multiline: true });
  const text = "line\nline\tمرحبا e\u0301 👩‍👩‍👧 日本 %s $(reboot) '\"".padEnd(2000, "x");
  windows.commitText(text);
  expect(values.text).toBe(text);
});
