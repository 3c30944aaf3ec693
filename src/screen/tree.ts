import { SaxesParser, type SaxesTagPlain } from "saxes";
import { infraError } from "../errors.ts";
import type { Bounds } from "./screen.ts";

/** One node of a UI tree, as the device gave it. */
export interface TreeNode {
  className: string;
  resourceId: string;
  package: string;
  text: string;
  description: string;
  hint: string;
  bounds: Bounds;
  clickable: boolean;
  longClickable: boolean;
  checkable: boolean;
  checked: boolean;
  enabled: boolean;
  focusable: boolean;
  focused: boolean;
  scrollable: boolean;
  selected: boolean;
  password: boolean;
  /** False where the device says that a user cannot see it. */
  visible: boolean;
  children: TreeNode[];
}

/** A whole dump: its top nodes are windows. */
export interface Tree {
  /** Quarter turns from the natural orientation. */
  rotation: number;
  roots: TreeNode[];
}

/** Characters that XML 1.0 has no place for; apps put them on the screen all the same. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const illegalCharacters = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu;
const characterReference = /&#(?:x([\da-f]+)|(\d+));/giu;

/**
 * Reads the XML of `uiautomator dump`, whose elements are all `node`, or of UiAutomator2's `/source`,
 * whose elements are named after their classes. Throws `TREE_MALFORMED` (`infra`) for anything else.
 */
export function parseTree(xml: string): Tree {
  const parser = new SaxesParser();
  const open: TreeNode[] = [];
  let tree: Tree | undefined;

  parser.on("error", (error) => {
    throw malformed(error.message, error);
  });
  parser.on("opentag", (tag) => {
    if (tree === undefined) {
      if (tag.name !== "hierarchy") throw malformed(`its root is ${tag.name}, not hierarchy`);
      tree = { rotation: Number(attribute(tag, "rotation")) % 4 || 0, roots: [] };
      return;
    }
    const node = nodeOf(tag);
    (open.at(-1)?.children ?? tree.roots).push(node);
    open.push(node);
  });
  parser.on("closetag", () => open.pop());
  parser.write(withLegalCharacters(xml)).close();
  if (tree === undefined) throw malformed("it is empty");
  return tree;
}

function withLegalCharacters(xml: string): string {
  return xml
    .replace(illegalCharacters, "\uFFFD")
    .replace(characterReference, (reference: string, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const legal =
        code === 9 ||
        code === 10 ||
        code === 13 ||
        (code >= 0x20 && code <= 0xd7_ff) ||
        (code >= 0xe0_00 && code <= 0xff_fd) ||
        (code >= 0x1_00_00 && code <= 0x10_ff_ff);
      return legal ? reference : "\uFFFD";
    });
}

function nodeOf(tag: SaxesTagPlain): TreeNode {
  const is = (name: string): boolean => attribute(tag, name) === "true";
  return {
    className: attribute(tag, "class") || tag.name,
    resourceId: attribute(tag, "resource-id"),
    package: attribute(tag, "package"),
    text: attribute(tag, "text"),
    description: attribute(tag, "content-desc"),
    hint: attribute(tag, "hint"),
    bounds: boundsOf(attribute(tag, "bounds")),
    clickable: is("clickable"),
    longClickable: is("long-clickable"),
    checkable: is("checkable"),
    checked: is("checked"),
    enabled: attribute(tag, "enabled") !== "false",
    focusable: is("focusable"),
    focused: is("focused"),
    scrollable: is("scrollable"),
    selected: is("selected"),
    password: is("password"),
    visible: attribute(tag, "visible-to-user") !== "false" && attribute(tag, "displayed") !== "false",
    children: [],
  };
}

function attribute(tag: SaxesTagPlain, name: string): string {
  return tag.attributes[name] ?? "";
}

/** `[left,top][right,bottom]`; an empty rectangle where there is none. */
function boundsOf(text: string): Bounds {
  const found = /^\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]$/u.exec(text);
  if (found === null) return { left: 0, top: 0, right: 0, bottom: 0 };
  const [left, top, right, bottom] = found.slice(1).map(Number) as [number, number, number, number];
  return { left, top, right, bottom };
}

function malformed(reason: string, cause?: unknown): Error {
  return infraError("TREE_MALFORMED", `the device gave a UI tree that cannot be read: ${reason}`, cause);
}
