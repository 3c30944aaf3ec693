import { describe, expect, test } from "@jest/globals";
import * as ui from "../../../src/sim/ui/index.ts";
import { bench, type Bench } from "./fake-host.ts";
import { centre, find, parseDump } from "./parse-dump.ts";

const CTRL = [113];
const SHIFT = [59];

interface Form extends Bench {
  values: Record<string, string>;
  submitted: string[];
}

function form(fields: (Partial<ui.TextFieldView> & { id: string })[]): Form {
  const values: Record<string, string> = {};
  const submitted: string[] = [];
  const device = bench(() =>
    ui.column([
      ui.scroll(
        "page",
        fields.map((field) =>
          ui.textField({
            hint: `${field.id} hint`,
            ...field,
            value: values[field.id] ?? field.value ?? "",
            onChange: (value) => (values[field.id] = value),
          }),
        ),
      ),
    ]),
  );
  for (const field of fields) values[field.id] = field.value ?? "";
  return { ...device, values, submitted };
}

function keys({ windows }: Bench, ...codes: number[]): void {
  for (const code of codes) windows.key(code);
}

describe("editing", () => {
  test("a tap puts the cursor at the end; text without a focused field goes nowhere", () => {
    const device = form([{ id: "a", value: "one" }]);
    device.windows.type("lost");
    expect(device.values["a"]).toBe("one");
    device.windows.tap(...centre(find(device.windows.dump(), "one")));
    device.windows.type(" two");
    expect(device.values["a"]).toBe("one two");
    expect(find(device.windows.dump(), "one two").attributes["focused"]).toBe("true");
  });

  test("cursor, deletion and selection keys", () => {
    const device = form([{ id: "a", value: "hello", autoFocus: true }]);
    keys(device, 21, 21, 67);
    expect(device.values["a"]).toBe("helo");
    keys(device, 122, 112);
    expect(device.values["a"]).toBe("elo");
    keys(device, 123, 67);
    expect(device.values["a"]).toBe("el");
    device.windows.key(29, CTRL);
    device.windows.type("new");
    expect(device.values["a"]).toBe("new");
    device.windows.key(29, CTRL);
    keys(device, 67);
    expect(device.values["a"]).toBe("");
    device.windows.key(36, SHIFT);
    keys(device, 37, 62, 8, 56);
    expect(device.values["a"]).toBe("Hi 1.");
    device.windows.key(22);
    device.windows.key(21, SHIFT);
    device.windows.key(21, SHIFT);
    device.windows.type("!");
    expect(device.values["a"]).toBe("Hi !");
  });

  test("cut, copy and paste go through the clipboard; a password stays in its field", () => {
    const device = form([
      { id: "a", value: "text", autoFocus: true },
      { id: "p", value: "pass", password: true },
    ]);
    device.windows.key(29, CTRL);
    device.windows.key(31, CTRL);
    expect(device.clipboard.text).toBe("text");
    device.windows.key(52, CTRL);
    expect(device.values["a"]).toBe("");
    device.windows.key(50, CTRL);
    device.windows.key(279);
    expect(device.values["a"]).toBe("texttext");
    device.windows.key(61);
    device.windows.key(29, CTRL);
    device.windows.key(278);
    expect(device.clipboard.text).toBe("text");
  });

  test("no character is cut in two", () => {
    const device = form([{ id: "a", value: "", autoFocus: true }]);
    device.windows.commitText("a😀日é");
    keys(device, 21, 21, 67);
    expect(device.values["a"]).toBe("a日é");
    keys(device, 122, 112, 112, 112, 112);
    expect(device.values["a"]).toBe("");
  });

  test("enter submits, or goes to the next field, or ends typing; only several lines take a new line", () => {
    const submitted: string[] = [];
    const device = form([
      { id: "a", autoFocus: true },
      { id: "b", onSubmit: () => submitted.push("b") },
      { id: "c", multiline: true },
      { id: "d" },
    ]);
    device.windows.type("1\n2\n");
    expect(device.values).toMatchObject({ a: "1", b: "2" });
    expect(submitted).toEqual(["b"]);
    keys(device, 61);
    device.windows.type("3\n4");
    keys(device, 19, 67, 20, 20, 66);
    expect(device.values["c"]).toBe("\n4\n");
    device.windows.type("\t5");
    expect(device.values["c"]).toBe("\n4\n\t5");
    device.windows.tap(...centre(find(device.windows.dump(), "d hint")));
    expect(device.windows.keyboardShown).toBe(true);
    keys(device, 66);
    expect(device.windows.keyboardShown).toBe(false);
  });

  test("a field of numbers takes no letters, one line takes no line breaks", () => {
    const device = form([{ id: "n", inputType: "number", autoFocus: true }, { id: "t" }]);
    device.windows.type("a1b2");
    expect(device.values["n"]).toBe("12");
    device.clipboard.text = "two\nlines";
    keys(device, 61, 279);
    expect(device.values["t"]).toBe("two lines");
  });

  test("a long press selects a word", () => {
    const device = form([{ id: "a", value: "first second" }]);
    device.windows.longPress(...centre(find(device.windows.dump(), "first second")));
    device.windows.type("last");
    expect(device.values["a"]).toBe("first last");
  });

  test("an app that changes the text keeps the cursor within it", () => {
    const device = form([{ id: "a", value: "long text", autoFocus: true }]);
    expect(find(device.windows.dump(), "long text").attributes["focused"]).toBe("true");
    device.values["a"] = "x";
    device.windows.invalidate();
    device.windows.type("y");
    expect(device.values["a"]).toBe("xy");
  });
});

describe("the keyboard", () => {
  /** The keys' places, as placed on the screen: four rows above the navigation bar. */
  function press({ windows }: Bench, row: number, left: number): void {
    windows.tap(left, 1680 + row * 142 + 70);
  }

  test("types what it shows: letters, one capital, signs, space, backspace", () => {
    const device = form([{ id: "a", autoFocus: true, multiline: true }]);
    expect(device.windows.keyboardShown).toBe(true);
    press(device, 2, 60); // shift
    press(device, 0, 54); // Q
    press(device, 0, 54); // q
    press(device, 3, 540); // space
    press(device, 3, 60); // ?123
    press(device, 0, 54); // 1
    press(device, 2, 60); // =\<
    press(device, 1, 54 + 108); // ¢
    press(device, 3, 60); // ABC
    press(device, 1, 540); // g
    press(device, 2, 1040); // backspace
    press(device, 3, 1000); // enter
    press(device, 0, 1026); // p
    expect(device.values["a"]).toBe("Qq 1¢\np");
  });

  test("back puts it away before it closes anything", () => {
    const device = form([{ id: "a", autoFocus: true }]);
    device.windows.key(4);
    expect(device.windows.keyboardShown).toBe(false);
    expect(device.calls).toEqual([]);
    device.windows.key(4);
    expect(device.calls).toEqual(["back"]);
    expect(find(device.windows.dump(), "a hint").attributes["focused"]).toBe("true");
  });

  test("it is not shown beside a hardware keyboard, nor by an automation keyboard; typing goes on", () => {
    for (const [key, value] of [
      ["show_ime_with_hard_keyboard", "0"],
      ["default_input_method", "com.android.adbkeyboard/.AdbIME"],
    ] as const) {
      const device = form([{ id: "a", autoFocus: true }]);
      device.settings.put("secure", key, value);
      expect(device.windows.keyboardShown).toBe(false);
      device.windows.type("x");
      expect(device.values["a"]).toBe("x");
    }
  });

  test("the focused field is scrolled above it, and the finger may scroll on", () => {
    const device = form(Array.from({ length: 20 }, (_, i) => ({ id: `f${i}` })));
    const { windows } = device;
    windows.tap(...centre(find(windows.dump(), "f12 hint")));
    const { bounds } = find(windows.dump(), "f12 hint");
    expect(bounds.bottom).toBeLessThanOrEqual(1690);
    expect(bounds.bottom - bounds.top).toBe(147);
    windows.swipe(540, 600, 540, 1400, 1000);
    expect(find(windows.dump(), "f2 hint").bounds.top).toBeGreaterThan(0);
    expect(parseDump(windows.dump()).some(({ text }) => text === "f12 hint")).toBe(false);
    windows.type("x");
    expect(find(windows.dump(), "x").bounds.bottom).toBeLessThanOrEqual(1690);
  });

  test("it goes with the screen that it was for", () => {
    const device = form([{ id: "a", autoFocus: true }]);
    expect(device.windows.keyboardShown).toBe(true);
    device.show(2, () => ({ root: ui.text("Other") }));
    expect(device.windows.keyboardShown).toBe(false);
  });
});
