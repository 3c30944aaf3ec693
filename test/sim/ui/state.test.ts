import { describe, expect, test } from "@jest/globals";
import * as ui from "../../../src/sim/ui/index.ts";
import { bench, type Bench } from "./fake-host.ts";
import { centre, find } from "./parse-dump.ts";

function device(): Bench {
  let value = "note";
  return bench(() =>
    ui.column([
      ui.textField({ id: "field", value, onChange: (text) => (value = text) }),
      ui.list(
        "rows",
        Array.from({ length: 50 }, (_, i) => ui.listItem({ title: `Row ${i}` })),
      ),
    ]),
  );
}

describe("what the window manager remembers", () => {
  test("comes back from plain data: focus, cursor, keyboard, scroll positions, toast", () => {
    const first = device();
    first.windows.swipe(540, 1500, 540, 700, 1000);
    first.windows.tap(...centre(find(first.windows.dump(), "note")));
    first.windows.key(21);
    first.windows.toast("Copied");
    const state = JSON.parse(JSON.stringify(first.windows.save()));
    const [dump, pixels] = [first.windows.dump(), first.windows.pixels()];

    const second = device();
    second.windows.restore(state);
    expect(second.windows.dump()).toBe(dump);
    expect(second.windows.pixels().equals(pixels)).toBe(true);
    expect(second.windows.keyboardShown).toBe(true);
    second.windows.type("X");
    expect(second.windows.dump()).toContain('text="notXe"');
  });

  test("is a copy both ways", () => {
    const { windows } = device();
    const empty = windows.save();
    windows.swipe(540, 1500, 540, 700, 1000);
    const scrolled = windows.dump();
    const state = windows.save();
    windows.restore(empty);
    expect(find(windows.dump(), "Row 0").text).toBe("Row 0");
    windows.restore(state);
    windows.swipe(540, 1500, 540, 700, 1000);
    windows.restore(state);
    expect(windows.dump()).toBe(scrolled);
  });

  test("is kept by activity", () => {
    const { windows, ...host } = device();
    windows.swipe(540, 1500, 540, 700, 1000);
    const scrolled = windows.dump();
    const rows = (): ui.WindowContent => ({
      root: ui.list(
        "rows",
        Array.from({ length: 50 }, (_, i) => ui.listItem({ title: `Row ${i}` })),
      ),
    });
    host.show(2, rows);
    expect(find(windows.dump(), "Row 0").text).toBe("Row 0");
    expect(windows.dump()).not.toBe(scrolled);
  });

  test("a field asked for by the app gets the focus when it is there", () => {
    let searching = false;
    let query = "";
    const { windows } = bench(() =>
      ui.column([searching && ui.textField({ id: "q", value: query, onChange: (text) => (query = text) })]),
    );
    windows.focusField("q");
    searching = true;
    windows.invalidate();
    windows.type("cats");
    expect(query).toBe("cats");
    windows.hideKeyboard();
    expect(windows.keyboardShown).toBe(false);
  });
});
