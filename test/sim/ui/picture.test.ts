import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import * as ui from "../../../src/sim/ui/index.ts";
import { layOutText } from "../../../src/sim/ui/text.ts";
import { bench } from "./fake-host.ts";
import { find, parseDump, type DumpNode } from "./parse-dump.ts";

const nothing = (): void => {};

function everyWidget(): ui.View {
  return ui.column([
    ui.appBar({
      title: "Widgets",
      onUp: nothing,
      onMore: nothing,
      actions: [{ icon: "add", desc: "Add", onTap: nothing }],
    }),
    ui.tabs([
      { label: "One", selected: true, onTap: nothing },
      { label: "Two", selected: false, onTap: nothing },
    ]),
    ui.scroll("page", [
      ui.searchField({ id: "query", value: "", hint: "Search here", onChange: nothing, style: { grow: 0 } }),
      ui.textField({ id: "name", value: "Ελένη Жуков", hint: "Name", onChange: nothing }),
      ui.textField({ id: "secret", value: "hunter2", hint: "Password", password: true, onChange: nothing }),
      ui.switchView({ text: "Wi-Fi", checked: true, onToggle: nothing }),
      ui.checkBox({ text: "Check", checked: false, onToggle: nothing }),
      ui.radio({ text: "Radio", checked: true, enabled: false, onToggle: nothing }),
      ui.slider({ min: 0, max: 255, value: 100, desc: "Brightness", onChange: nothing }),
      ui.row([ui.button("Save", nothing), ui.chip("Chip", nothing)]),
      ui.listItem({
        title: "Title",
        subtitle: "Subtitle",
        leading: ui.avatar("Zoë"),
        trailing: ui.icon("phone"),
        onTap: nothing,
      }),
      ui.text("A text that is cut off because it is a good deal longer than the one line it is given", {
        maxLines: 1,
      }),
      ui.text("Right", { align: "right" }),
    ]),
    ui.fab("add", "Make", nothing),
  ]);
}

/** Whether anything is drawn within a node's bounds: not all of its pixels are alike. */
function isDrawn(pixels: Buffer, { bounds }: DumpNode): boolean {
  const view = new Uint32Array(pixels.buffer, pixels.byteOffset, 1080 * 2400);
  const first = view[bounds.top * 1080 + bounds.left];
  for (let y = bounds.top; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++) if (view[y * 1080 + x] !== first) return true;
  }
  return false;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

describe("picture and tree", () => {
  test("every text and control of the tree is drawn where the tree says it is", () => {
    const { windows } = bench(everyWidget);
    const nodes = parseDump(windows.dump());
    const pixels = windows.pixels();
    const seen = nodes.filter(
      ({ text, desc, attributes }) => text || desc || attributes["checkable"] === "true",
    );
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.filter((node) => !isDrawn(pixels, node)).map(({ text, desc }) => text || desc)).toEqual([]);
  });

  test("nodes stay within their window, and texts say what the views say", () => {
    const { windows } = bench(everyWidget);
    const nodes = parseDump(windows.dump());
    for (const { bounds } of nodes) {
      expect(bounds.left).toBeGreaterThanOrEqual(0);
      expect(bounds.right).toBeLessThanOrEqual(1080);
      expect(bounds.bottom).toBeLessThanOrEqual(2400);
      expect(bounds.right).toBeGreaterThan(bounds.left);
      expect(bounds.bottom).toBeGreaterThan(bounds.top);
    }
    expect(find(windows.dump(), "Search here").attributes).toMatchObject({
      class: "android.widget.EditText",
      password: "false",
    });
    expect(find(windows.dump(), "•••••••").attributes).toMatchObject({ password: "true" });
    expect(find(windows.dump(), "Navigate up").attributes).toMatchObject({
      class: "android.widget.ImageButton",
    });
  });

  test("the same screen gives the same PNG on another device, of the pixels it was asked for", async () => {
    const [one, other] = [bench(everyWidget).windows, bench(everyWidget).windows];
    const png = await one.png();
    expect(sha256(await other.png())).toBe(sha256(png));
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([1080, 2400]);
    expect(sha256(data)).toBe(sha256(one.pixels()));
  });

  test("the picture follows the minute, the settings and the toast; within them it is kept", async () => {
    const { windows, clock, settings } = bench(everyWidget);
    const first = await windows.png();
    clock.advance(1000);
    expect(await windows.png()).toBe(first);
    clock.advance(60_000);
    const second = await windows.png();
    expect(sha256(second)).not.toBe(sha256(first));
    settings.put("global", "airplane_mode_on", "1");
    const third = await windows.png();
    expect(sha256(third)).not.toBe(sha256(second));
    windows.toast("Saved");
    const withToast = await windows.png();
    expect(sha256(withToast)).not.toBe(sha256(third));
    expect(windows.dump()).not.toContain("Saved");
    clock.advance(2000);
    expect(sha256(await windows.png())).toBe(sha256(third));
  });

  test("text is broken where it does not fit, and cut by the letter behind its last line", () => {
    const style = { size: 42, bold: false };
    const text = "The quick brown fox jumps over the lazy dog\nand Donaudampfschifffahrtsgesellschaft";
    const all = layOutText(text, style, 400);
    expect(all.lines.map((line) => line.text).join("")).toBe(text.replace("\n", ""));
    expect(all.width).toBeLessThanOrEqual(400);
    for (const { start, text: line } of all.lines) expect(text.slice(start, start + line.length)).toBe(line);
    const [line] = layOutText("Donaudampfschifffahrtsgesellschaft", style, 300, 1).lines;
    expect(line?.text).toMatch(/^Donaudamp.*…$/u);
    expect(line?.width).toBeGreaterThan(250);
    expect(line?.width).toBeLessThanOrEqual(300);
  });

  test("a secure window and a sleeping screen are black", () => {
    let secure = true;
    const { windows } = bench(() => ({ root: ui.text("Secret"), secure }));
    const isBlack = (pixels: Buffer): boolean =>
      new Uint32Array(pixels.buffer, pixels.byteOffset, 1080 * 2400).every((pixel) => pixel === 0xff000000);
    expect(isBlack(windows.pixels())).toBe(true);
    expect(windows.windows()).toEqual([{ kind: "activity", secure: true }]);
    secure = false;
    windows.invalidate();
    expect(isBlack(windows.pixels())).toBe(false);
    windows.key(26);
    expect(windows.awake).toBe(false);
    expect(isBlack(windows.pixels())).toBe(true);
    windows.key(224);
    expect(isBlack(windows.pixels())).toBe(false);
  });
});
