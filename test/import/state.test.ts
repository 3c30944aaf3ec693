import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readState } from "../../src/import/androidgen/state.ts";
import type { DefectCode } from "../../src/import/index.ts";

function read(state: string) {
  const codes: DefectCode[] = [];
  const elements = readState(state, { file: "f", line: 1, defect: (code) => codes.push(code) });
  return { elements, codes };
}

const name = fc.stringMatching(/^[A-Za-z.:/_]{0,20}$/u);

const element = fc.record({
  class: name,
  resource: name,
  clickable: fc.boolean(),
  checkable: fc.boolean(),
  on: fc.boolean(),
  editable: fc.boolean(),
  // What is written into a listing as it is, of any script and over lines.
  text: fc.string({ unit: "grapheme" }).filter((text) => !/<\/?element/u.test(text)),
});

test("what AndroidGen lists of a screen is read back, element by element", () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 8 }), (listed) => {
      const state = listed
        .map((one, id) => {
          const resource = one.resource === "" ? "" : ` resource-name="${one.resource}"`;
          const checkable = one.checkable ? ` checkable status="${one.on ? "on" : "off"}"` : "";
          const flags = `${one.clickable ? " clickable" : ""}${checkable}${one.editable ? " editable" : ""}`;
          return `<element id="${id}" class="${one.class}"${resource}${flags}> ${one.text} </element>\n`;
        })
        .join("");
      const { elements, codes } = read(state);
      expect(codes).toEqual([]);
      expect(elements).toMatchObject(
        listed.map((one, index) => ({
          index,
          className: one.class,
          resourceId: one.resource,
          clickable: one.clickable,
          checkable: one.checkable,
          checked: one.checkable && one.on,
          editable: one.editable,
          text: one.text,
        })),
      );
    }),
  );
});

test("no text can make it slow or make it throw", () => {
  for (const state of [
    '<element id="0"'.repeat(20_000),
    `<element id="0" class="${"a".repeat(200_000)}> `,
    `<element id="0"${' a=""'.repeat(50_000)}`,
    `<element id="0"> ${" </elemen".repeat(50_000)}`,
    "\n".repeat(200_000),
  ]) {
    expect(read(state).elements).toEqual([]);
  }
  fc.assert(fc.property(fc.string({ unit: "binary" }), (state) => void read(state)));
});
