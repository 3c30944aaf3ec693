import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { writeDump } from "../../../src/sim/ui/dump.ts";
import * as ui from "../../../src/sim/ui/index.ts";
import { bench } from "./fake-host.ts";
import { parseDump } from "./parse-dump.ts";

/** What the dumper lets through of a text. */
function legible(text: string): string {
  return Array.from(text, (char) => {
    // XML 1.0 characters without the controls and non-characters that stripInvalidXMLChars drops.
    return /^[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufde0-\ufffd\u{10000}-\u{10ffff}]$/u.test(char)
      ? char
      : ".";
  }).join("");
}

const anyText = fc.string({
  unit: fc.oneof(
    fc.nat(0xffff).map((code) => String.fromCharCode(code)),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
});

describe("the dump", () => {
  test("any text gives well-formed XML that reads back as it was, but for what XML cannot say", () => {
    fc.assert(
      fc.property(anyText, anyText, (text, desc) => {
        const bounds = { left: 0, top: 0, right: 1, bottom: 1 };
        const xml = writeDump({ className: "a.B", bounds, text, desc, children: [] }, "p");
        expect(parseDump(xml)).toMatchObject([{ text: legible(text), desc: legible(desc) }]);
        expect(xml).not.toMatch(/[\n\r]/);
      }),
      { numRuns: 300 },
    );
  });

  test("has the header, attributes and order of API 33", () => {
    const { windows } = bench(() =>
      ui.column([ui.checkBox({ id: "box", text: 'It\'s "<b>" & \n😀', checked: true, onToggle: () => {} })]),
    );
    const xml = windows.dump();
    expect(
      xml.startsWith(
        `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0"><node index="0" `,
      ),
    ).toBe(true);
    expect(xml).toContain(
      // KXmlSerializer takes single quotes where the value holds double ones.
      `<node index="0" text='It&apos;s "&lt;b&gt;" &amp; &#10;&#128512;' resource-id="com.example.app:id/box" ` +
        'class="android.widget.CheckBox" package="com.example.app" content-desc="" checkable="true" checked="true" ' +
        'clickable="true" enabled="true" focusable="true" focused="false" scrollable="false" long-clickable="false" ' +
        'password="false" selected="false" bounds="[0,63][1080,189]" />',
    );
    expect(xml.endsWith("</node></hierarchy>")).toBe(true);
  });

  test("keeps to itself what a view only paints: a picture's letter, an icon's name", () => {
    const { windows } = bench(() =>
      ui.column([
        ui.avatar("Zoë"),
        ui.column([ui.icon("add"), ui.text("Clock")], { id: "app", paintedText: "Clock", onTap: () => {} }),
      ]),
    );
    const nodes = parseDump(windows.dump());
    expect(nodes.filter(({ text }) => text !== "")).toMatchObject([
      {
        text: "Clock",
        children: [],
        attributes: { "resource-id": "com.example.app:id/app", clickable: "true" },
      },
    ]);
    expect(nodes.map(({ attributes }) => attributes["class"])).toContain("android.widget.ImageView");
  });

  test("marks what can be tapped but has no name, as the dumper does", () => {
    const { windows } = bench(() =>
      ui.column([
        ui.icon("add", { onTap: () => {} }),
        ui.iconButton("add", "Add", () => {}),
        ui.row([ui.text("Named")], { onTap: () => {} }),
      ]),
    );
    expect(windows.dump().match(/<node NAF="true" index="0"/g)).toHaveLength(1);
  });

  test("frames an activity as the system does", () => {
    const { windows } = bench(() => ui.text("Hello"));
    const nodes = parseDump(windows.dump());
    expect(nodes.map(({ attributes }) => attributes["resource-id"]).filter(Boolean)).toEqual([
      "android:id/content",
      "android:id/statusBarBackground",
      "android:id/navigationBarBackground",
    ]);
    expect(nodes[0]?.attributes["bounds"]).toBe("[0,0][1080,2400]");
    const content = nodes.find(({ attributes }) => attributes["resource-id"] === "android:id/content");
    expect(content?.attributes["bounds"]).toBe("[0,63][1080,2274]");
  });
});
