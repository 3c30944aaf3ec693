import { describe, expect, test } from "@jest/globals";
import * as ui from "../../../src/sim/ui/index.ts";
import { touchScreen } from "../../../src/sim/ui/finger.ts";
import { bench } from "./fake-host.ts";
import { centre, find, parseDump } from "./parse-dump.ts";

describe("taps", () => {
  test("a tap on the centre of every clickable node calls its handler", () => {
    const tapped: string[] = [];
    const note = (name: string) => (): void => {
      tapped.push(name);
    };
    const { windows } = bench(() =>
      ui.column([
        ui.appBar({
          title: "Screen",
          onUp: note("Navigate up"),
          onMore: note("More options"),
          actions: [{ icon: "search", desc: "Search", onTap: note("Search") }],
        }),
        ui.tabs(
          ["One", "Two", "Three"].map((label) => ({ label, selected: label === "One", onTap: note(label) })),
        ),
        ui.list(
          "rows",
          Array.from({ length: 30 }, (_, i) =>
            ui.listItem({ desc: `Row ${i}`, title: `Title ${i}`, onTap: note(`Row ${i}`) }),
          ),
        ),
        ui.bottomNav([{ label: "Home", icon: "home", selected: true, onTap: note("Home") }]),
      ]),
    );
    const clickable = parseDump(windows.dump()).filter(
      ({ attributes }) => attributes["clickable"] === "true",
    );
    expect(clickable.length).toBeGreaterThan(15);
    for (const node of clickable) windows.tap(...centre(node));
    expect(tapped).toEqual(clickable.map(({ desc }) => desc));
  });

  test("the innermost handler takes the tap; a view on top of another takes it too", () => {
    const tapped: string[] = [];
    const { windows } = bench(() =>
      ui.column([
        ui.listItem({
          title: "Row",
          onTap: () => tapped.push("row"),
          trailing: ui.iconButton("delete", "Delete", () => tapped.push("delete")),
        }),
        ui.column([ui.text("Wide")], { style: { grow: 1 }, onTap: () => tapped.push("page") }),
        ui.fab("add", "Add", () => tapped.push("add")),
      ]),
    );
    for (const name of ["Row", "Delete", "Add", "Wide"]) windows.tap(...centre(find(windows.dump(), name)));
    expect(tapped).toEqual(["row", "delete", "add", "page"]);
  });

  test("disabled views do nothing, nor does what is behind them", () => {
    let touched = 0;
    const touch = (): void => {
      touched += 1;
    };
    const { windows } = bench(() =>
      ui.column(
        [
          ui.button("Button", touch, { enabled: false }),
          ui.checkBox({ text: "Box", checked: false, enabled: false, onToggle: touch }),
          ui.slider({ desc: "Slider", min: 0, max: 10, value: 5, enabled: false, onChange: touch }),
          ui.textField({ id: "field", value: "Field", enabled: false, onChange: touch }),
        ],
        { onTap: touch },
      ),
    );
    for (const name of ["Button", "Box", "Slider", "Field"]) {
      windows.tap(...centre(find(windows.dump(), name)));
      windows.longPress(...centre(find(windows.dump(), name)));
    }
    windows.type("x");
    expect(touched).toBe(0);
    expect(windows.keyboardShown).toBe(false);
  });

  test("toggles turn over, and sliders go where the finger is", () => {
    const state = { on: false, value: 50 };
    const { windows } = bench(() =>
      ui.column([
        ui.switchView({ text: "Switch", checked: state.on, onToggle: (on) => (state.on = on) }),
        ui.slider({
          desc: "Level",
          min: 0,
          max: 100,
          value: state.value,
          onChange: (value) => (state.value = value),
        }),
      ]),
    );
    windows.tap(...centre(find(windows.dump(), "Switch")));
    expect(state.on).toBe(true);
    expect(find(windows.dump(), "Switch").attributes["checked"]).toBe("true");
    const { bounds } = find(windows.dump(), "Level");
    const y = (bounds.top + bounds.bottom) / 2;
    windows.tap(bounds.right - 10, y);
    expect(state.value).toBe(100);
    windows.swipe(bounds.right - 60, y, bounds.left + 5, y, 300);
    expect(state.value).toBe(0);
    windows.tap(540, y);
    expect(state.value).toBe(50);
  });

  test("a long press calls its own handler, as a finger does that rests on the spot; without one it is a tap", () => {
    const calls: string[] = [];
    const { windows } = bench(() =>
      ui.column([
        ui.listItem({ title: "Both", onTap: () => calls.push("tap"), onLongPress: () => calls.push("long") }),
        ui.button("Plain", () => calls.push("plain")),
      ]),
    );
    const both = centre(find(windows.dump(), "Both"));
    windows.longPress(...both);
    const [x, y] = both;
    const spot = [
      { x, y },
      { x: x + 20, y },
    ];
    touchScreen(windows, spot, 800);
    touchScreen(windows, spot, 50);
    windows.longPress(...centre(find(windows.dump(), "Plain")));
    expect(calls).toEqual(["long", "long", "tap", "plain"]);
    expect(find(windows.dump(), "Plain").attributes["long-clickable"]).toBe("false");
  });

  test("the navigation bar's buttons reach the system", () => {
    const { windows, calls } = bench(() => ui.text("Page"));
    windows.tap(216, 2337);
    windows.tap(540, 2337);
    windows.tap(864, 2337);
    expect(calls).toEqual(["back", "home", "recents"]);
  });
});

describe("scrolling", () => {
  const rows = (count: number): ui.View =>
    ui.column([
      ui.appBar({ title: "Rows" }),
      ui.list(
        "rows",
        Array.from({ length: count }, (_, i) => ui.listItem({ title: `Row ${i}` })),
      ),
    ]);

  test("every row comes on the screen, in order, and the list stops at its ends", () => {
    const { windows } = bench(() => rows(60));
    const seen = new Set<string>();
    for (let swipes = 0; swipes < 12; swipes++) {
      for (const { text } of parseDump(windows.dump())) if (text.startsWith("Row ")) seen.add(text);
      windows.swipe(540, 1800, 540, 800, 2000);
    }
    expect([...seen]).toEqual(Array.from({ length: 60 }, (_, i) => `Row ${i}`));
    const end = windows.dump();
    windows.swipe(540, 1800, 540, 800, 2000);
    expect(windows.dump()).toBe(end);
    expect(() => find(end, "Row 0")).toThrow("0 nodes");
    windows.scrollToStart("rows");
    expect(find(windows.dump(), "Row 0").bounds.top).toBeGreaterThan(63);
  });

  test("a slow swipe moves the list as far as the finger; rows are cut where the list ends", () => {
    const { windows } = bench(() => rows(60));
    const before = find(windows.dump(), "Row 5").bounds.top;
    windows.swipe(540, 1500, 540, 1300, 1000);
    expect(find(windows.dump(), "Row 5").bounds.top).toBe(before - 200);
    const list = parseDump(windows.dump()).find(({ attributes }) => attributes["scrollable"] === "true");
    expect(list?.attributes["class"]).toBe("androidx.recyclerview.widget.RecyclerView");
    const [first] = list?.children ?? [];
    expect(first?.bounds.top).toBe(list?.bounds.top);
    expect(first && first.bounds.bottom - first.bounds.top).toBeLessThan(147);
  });

  test("a list that becomes shorter ends at its end, and stays there when it grows again", () => {
    let count = 60;
    const { windows } = bench(() => rows(count));
    windows.swipe(540, 2000, 540, 300, 3000);
    count = 5;
    windows.invalidate();
    expect(find(windows.dump(), "Row 0").text).toBe("Row 0");
    count = 60;
    windows.invalidate();
    expect(find(windows.dump(), "Row 0").text).toBe("Row 0");
  });

  test("what does not fill its room does not scroll, and hands the swipe on", () => {
    const ways: string[] = [];
    const { windows } = bench(() => ui.column([rows(3)], { onSwipe: (way) => ways.push(way) }));
    windows.swipe(540, 1500, 540, 700, 300);
    windows.swipe(200, 400, 900, 420, 300);
    expect(ways).toEqual(["up", "right"]);
    expect(windows.dump()).not.toContain('scrollable="true"');
  });
});
