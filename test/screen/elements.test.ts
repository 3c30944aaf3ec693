import { describe, expect, test } from "@jest/globals";
import { type Element, elementsFromTree, parseTree } from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "./support.ts";

const size = { width: 1000, height: 2000 };
const elements = (...roots: NodeSpec[]): Element[] => elementsFromTree(parseTree(treeXml(...roots)), size);
const texts = (...roots: NodeSpec[]): string[] => elements(...roots).map((element) => element.text);

describe("what is listed", () => {
  test("nodes that say something or can be acted on, numbered in the tree's order", () => {
    const found = elements({
      class: "android.widget.FrameLayout",
      children: [
        { class: "android.widget.TextView", text: "Title" },
        { class: "android.view.View" },
        { class: "android.widget.ImageView", "content-desc": "Logo" },
        { class: "android.widget.EditText", focused: true },
        { class: "androidx.recyclerview.widget.RecyclerView", scrollable: true },
      ],
    });
    expect(found.map((element) => [element.index, element.className.split(".").at(-1)])).toEqual([
      [0, "TextView"],
      [1, "ImageView"],
      [2, "EditText"],
      [3, "RecyclerView"],
    ]);
    expect(found[2]).toMatchObject({ editable: true, focused: true });
  });

  test("nothing off the screen, empty or hidden", () => {
    expect(
      texts(
        { text: "right of it", bounds: [1000, 0, 1100, 10] },
        { text: "flat", bounds: [0, 10, 100, 10] },
        { text: "hidden", "visible-to-user": false, children: [{ text: "inside hidden" }] },
        { text: "seen" },
      ),
    ).toEqual(["seen"]);
  });

  test("what is on the screen of something that reaches over its edge", () => {
    expect(elements({ text: "half", bounds: [-50, 0, 50, 10] })).toMatchObject([
      { bounds: { left: 0, top: 0, right: 50, bottom: 10 }, visibleFraction: 1 },
    ]);
  });
});

describe("a row", () => {
  const title = { class: "android.widget.TextView", text: "Wi-Fi" };
  const summary = { class: "android.widget.TextView", text: "Connected" };

  test("carries the texts inside it, which are not listed again", () => {
    const row = {
      clickable: true,
      children: [{ children: [title, summary] }, { "content-desc": "Signal full" }],
    };
    expect(texts(row)).toEqual(["Wi-Fi\nConnected\nSignal full"]);
  });

  test("keeps what can be acted on inside it as an element of its own", () => {
    const toggle = { class: "android.widget.Switch", checkable: true, checked: true };
    const found = elements({ clickable: true, children: [title, toggle] });
    expect(found).toMatchObject([{ text: "Wi-Fi" }, { text: "", checkable: true, checked: true }]);
  });

  test("with a text of its own leaves its children alone", () => {
    expect(texts({ clickable: true, text: "Row", children: [title] })).toEqual(["Row", "Wi-Fi"]);
  });

  test("that is a switch and says how it stands carries its children's texts behind that", () => {
    const tile = { class: "android.widget.Switch", clickable: true, checkable: true, text: "On" };
    const labels = [{ text: "Bluetooth" }, { text: "On" }];
    expect(texts({ ...tile, "content-desc": "Bluetooth.", children: [{ children: labels }] })).toEqual([
      "On\nBluetooth",
    ]);
  });

  test("says a text as often as it is there, and a picture's description only where no text says the same", () => {
    const guests = ["2", "Adults", "2", "Children"].map((text) => ({ text }));
    expect(texts({ clickable: true, children: guests })).toEqual(["2\nAdults\n2\nChildren"]);
    const contact = [{ "content-desc": "Ann" }, { text: "3" }, { text: "Ann" }];
    expect(texts({ clickable: true, children: contact })).toEqual(["Ann\n3"]);
  });

  test("says what a description adds to a text", () => {
    const rating = { text: "4.5", "content-desc": "Rated 4.5 stars" };
    expect(
      texts({ clickable: true, children: [rating, { text: "Cafe", "content-desc": "row_title" }] }),
    ).toEqual(["Rated 4.5 stars\nCafe"]);
  });

  test("names the controls in it by its text, rather than by a picture before that", () => {
    const close = { class: "android.widget.ImageView", clickable: true };
    const found = elements({
      clickable: true,
      children: [{ "content-desc": "Live" }, { text: "Radio" }, close],
    });
    expect(found[1]?.label).toBe("Radio");
  });

  test("as large as a page is none, and names nothing in it", () => {
    const back = { class: "android.widget.ImageView", clickable: true, bounds: [0, 0, 100, 100] } as NodeSpec;
    const page: NodeSpec = {
      clickable: true,
      bounds: [0, 0, 1000, 1900],
      children: [
        back,
        { text: "All contacts", bounds: [0, 300, 1000, 400] },
        { text: "Ann", bounds: [0, 400, 1000, 500] },
      ],
    };
    const found = elements(page);
    expect(found.map(({ text }) => text)).toEqual(["", "", "All contacts", "Ann"]);
    expect(found[1]).not.toHaveProperty("label");
  });

  test("that is really a page leaves its children alone", () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ text: `line ${i}` }));
    expect(texts({ clickable: true, children: many })).toHaveLength(10);
    expect(texts({ clickable: true, children: [{ scrollable: true, children: [title] }] })).toEqual([
      "",
      "",
      "Wi-Fi",
    ]);
  });
});

test("an empty field shows its hint as a hint, not as its text", () => {
  const field = { class: "android.widget.EditText", text: "Search", hint: "Search" };
  expect(elements(field)).toMatchObject([{ text: "", hint: "Search" }]);
});

test("system bars and keyboards are left out unless nothing else is there", () => {
  const bar: NodeSpec = { package: "com.android.systemui", text: "12:00", bounds: [0, 0, 1000, 60] };
  const keyboard: NodeSpec = {
    package: "com.google.android.inputmethod.latin",
    text: "q",
    bounds: [0, 1200, 1000, 2000],
  };
  const app: NodeSpec = { text: "App", bounds: [0, 0, 1000, 2000], children: [bar] };
  expect(texts(bar, keyboard, app)).toEqual(["App"]);
  expect(texts(bar)).toEqual(["12:00"]);
});
