import { describe, expect, test } from "@jest/globals";
import { elementsFromTree, listing, parseTree } from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "./support.ts";

type Rect = [left: number, top: number, right: number, bottom: number];

const size = { width: 1000, height: 2000 };
const hints = (root: NodeSpec): string[] | undefined =>
  elementsFromTree(parseTree(treeXml(root)), size).find(({ scrollable }) => scrollable)?.more;

/** A list from 200 to 1800 with rows of 300 pixels, scrolled by so many, as bounds are cut by the device. */
function scrolled(by: number, count: number, wrapped = false): NodeSpec {
  const rows = Array.from({ length: count }, (_, i): NodeSpec => {
    const top = 200 + 300 * i - by;
    const cut: Rect = [0, Math.max(200, top), 1000, Math.min(1800, top + 300)];
    const label: Rect = [40, Math.max(200, top + 100), 500, Math.min(1800, top + 200)];
    return {
      clickable: true,
      bounds: cut,
      children: label[3] > label[1] ? [{ text: `row ${i}`, bounds: label }] : [],
    };
  }).filter(({ bounds }) => bounds![3] > bounds![1]);
  const bounds: Rect = [0, 200, 1000, 1800];
  const children = wrapped ? [{ bounds, children: rows }] : rows;
  return { class: "androidx.recyclerview.widget.RecyclerView", scrollable: true, bounds, children };
}

describe("a list", () => {
  test.each([
    ["at its beginning goes on below", 0, 10, ["down"]],
    ["in the middle goes on at both ends", 450, 10, ["up", "down"]],
    ["at its end goes on above", 1400, 10, ["up"]],
    ["that fits does not go on", 0, 5, undefined],
  ])("%s", (_, by, count, expected) => {
    expect(hints(scrolled(by, count))).toEqual(expected);
    expect(hints(scrolled(by, count, true))).toEqual(expected);
  });

  test("with rows of different heights goes on where a row is cut near its contents", () => {
    const list: NodeSpec = {
      scrollable: true,
      bounds: [0, 0, 1000, 1000],
      children: [
        {
          class: "a.Header",
          bounds: [0, 0, 1000, 400],
          children: [{ text: "whole", bounds: [0, 150, 900, 250] }],
        },
        {
          class: "a.Body",
          bounds: [0, 400, 1000, 1000],
          children: [{ text: "cut", bounds: [0, 500, 900, 1000] }],
        },
      ],
    };
    expect(hints(list)).toEqual(["down"]);
  });
});

test("chips beside each other go on to the right", () => {
  const chip = (text: string, left: number, right: number): NodeSpec => ({
    text,
    clickable: true,
    bounds: [left, 0, right, 100],
  });
  const chips: NodeSpec = {
    class: "android.widget.HorizontalScrollView",
    scrollable: true,
    bounds: [0, 0, 1000, 100],
    children: [
      {
        bounds: [0, 0, 1000, 100],
        children: [chip("a", 20, 420), chip("b", 440, 840), chip("c", 860, 1000)],
      },
    ],
  };
  expect(hints(chips)).toEqual(["right"]);
});

test("the listing says so", () => {
  const elements = elementsFromTree(parseTree(treeXml(scrolled(450, 10))), size);
  expect(listing({ elements }).split("\n")[0]).toBe("[0] RecyclerView scrollable more=up,down");
});
