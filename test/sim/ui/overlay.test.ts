import { describe, expect, test } from "@jest/globals";
import * as ui from "../../../src/sim/ui/index.ts";
import { bench, type Bench } from "./fake-host.ts";
import { centre, find, parseDump } from "./parse-dump.ts";

type Overlay = NonNullable<ui.WindowContent["overlay"]>;

function page(overlay: () => Overlay | undefined, tapped: string[] = []): Bench {
  return bench(() => {
    const shown = overlay();
    const root = ui.column([ui.button("Behind", () => tapped.push("behind"))], { style: { padding: 100 } });
    return { root, ...(shown ? { overlay: shown } : {}) };
  });
}

describe("overlays", () => {
  test("a dialog is the window that is dumped and touched; its buttons work", () => {
    const tapped: string[] = [];
    let open = true;
    const dialog = (): Overlay => ({
      look: "dialog",
      view: ui.alertDialog({
        title: "Delete?",
        message: "It cannot be brought back.",
        positive: { text: "Delete", onTap: () => tapped.push("delete") },
        negative: { text: "Cancel", onTap: () => (open = false) },
      }),
    });
    const { windows } = page(() => (open ? dialog() : undefined), tapped);
    expect(windows.windows().map(({ kind }) => kind)).toEqual(["dialog", "activity"]);
    expect(windows.dump()).not.toContain("Behind");
    expect(parseDump(windows.dump())[0]?.bounds.left).toBeGreaterThan(50);
    windows.tap(...centre(find(windows.dump(), "Delete")));
    windows.tap(...centre(find(windows.dump(), "Cancel")));
    expect(windows.windows()).toEqual([{ kind: "activity", secure: false }]);
    windows.tap(...centre(find(windows.dump(), "Behind")));
    expect(tapped).toEqual(["delete", "behind"]);
  });

  test.each(["dialog", "menu", "sheet"] as const)(
    "a %s goes by the back key and by a tap outside, if it may",
    (look) => {
      let dismissed = 0;
      let firm = false;
      const device = page(() => ({
        look,
        view: ui.menu([{ text: "Item", onTap: () => {} }]),
        ...(firm ? {} : { onDismiss: () => (dismissed += 1) }),
      }));
      device.windows.key(4);
      device.windows.tap(20, 1000);
      expect(dismissed).toBe(2);
      firm = true;
      device.windows.invalidate();
      device.windows.key(4);
      device.windows.tap(20, 1000);
      expect(dismissed).toBe(2);
      expect(device.calls).toEqual([]);
    },
  );

  test("a menu is at the top right, a sheet at the bottom", () => {
    let look: "menu" | "sheet" = "menu";
    const { windows } = page(() => ({ look, view: ui.menu([{ text: "Item", onTap: () => {} }]) }));
    const menu = parseDump(windows.dump())[0]!.bounds;
    expect([menu.right > 1000, menu.left > 300, menu.top < 200]).toEqual([true, true, true]);
    look = "sheet";
    windows.invalidate();
    const sheet = parseDump(windows.dump())[0]!.bounds;
    expect([sheet.left, sheet.right, sheet.bottom]).toEqual([0, 1080, 2274]);
  });

  test("a long dialog scrolls and keeps its buttons on the screen; its field has the keyboard below", () => {
    let value = "";
    const body = [
      ...Array.from({ length: 40 }, (_, i) =>
        ui.checkBox({ text: `Choice ${i}`, checked: false, onToggle: () => {} }),
      ),
      ui.textField({
        id: "other",
        value: "",
        hint: "Other",
        autoFocus: true,
        onChange: (text) => (value = text),
      }),
    ];
    const { windows } = page(() => ({
      look: "dialog",
      view: ui.alertDialog({ title: "Choose", body, positive: { text: "OK", onTap: () => {} } }),
    }));
    expect(windows.keyboardShown).toBe(true);
    expect(find(windows.dump(), "OK").bounds.bottom).toBeLessThan(1690);
    expect(find(windows.dump(), "Other").bounds.bottom).toBeLessThan(1690);
    expect(windows.dump()).not.toContain("Choice 0");
    windows.type("Mine");
    expect(value).toBe("Mine");
  });

  test("focus and scroll positions of an overlay go with it", () => {
    let open = true;
    const rows = Array.from({ length: 60 }, (_, i) => ({ text: `Item ${i}`, onTap: () => {} }));
    const { windows } = page(() => (open ? { look: "dialog", view: ui.menu(rows) } : undefined));
    windows.swipe(540, 1500, 540, 800, 1000);
    expect(windows.dump()).not.toContain('"Item 0"');
    for (const state of [false, true]) {
      open = state;
      windows.invalidate();
      windows.dump();
    }
    expect(windows.dump()).toContain('"Item 0"');
  });
});
