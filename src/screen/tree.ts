import { SaxesParser, type SaxesTagPlain } from "saxes";
import { infraError } from "../errors.ts";
import { nothing } from "./rect.ts";
import type { Bounds } from "./screen.ts";
import { withLegalCharacters } from "./xml.ts";

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
  /** The text is the hint. Only UiAutomator2 says so. */
  showsHint: boolean;
  /** Where a slider or progress bar stands. Only UiAutomator2 says so, in place of the text. */
  value: string;
  /** Siblings of a higher one are drawn above it; 0 where the device does not say. */
  drawingOrder: number;
  children: TreeNode[];
}

export interface TreeWindow {
  /** As `uiautomator dump --windows` has it, such as `TYPE_INPUT_METHOD`; empty in other trees. */
  type: string;
  root: TreeNode;
}

export interface Tree {
  /** Quarter turns from the natural orientation. */
  rotation: number;
  /** The topmost one first. */
  windows: TreeWindow[];
}

/** A `<window>` of a dump whose nodes are being read. */
interface OpenWindow {
  id: string;
  type: string;
  layer: number;
}

/** AccessibilityNodeInfoDumper.dumpWindowsToFile: what lies around the nodes of all windows. */
const windowTags = new Set(["displays", "display", "window", "hierarchy"]);

/**
 * Nodes nested deeper than this are taken for children of the one at this depth, so that whoever walks a tree may do so
 * by calling itself. Android's own layout runs out of stack some hundred levels down; what a web page says of itself
 * may go further.
 */
const deepest = 500;

/** AxNodeInfoHelper.getText of UiAutomator2: the text of what has a range is its current value as a float. */
const rangeClass = /(?:SeekBar|ProgressBar|RatingBar)$/u;
const javaFloat = /^-?\d+\.\d+(?:E-?\d+)?$/u;

/**
 * Reads a UI tree in any of three forms:
 * - of `uiautomator dump`: the active window in a `hierarchy`, all elements are `node`;
 * - of `uiautomator dump --windows`: `displays`, in it a `display`, in it a `window` for each window, which may
 *   hold other windows, and in that a `hierarchy`; the first display counts;
 * - of UiAutomator2's `/source`: a `hierarchy` with one element for each window, named after its class.
 *
 * Throws `TREE_MALFORMED` (`infra`) for anything else.
 */
export function parseTree(xml: string): Tree {
  const parser = new SaxesParser();
  const openTags: (TreeNode | OpenWindow | undefined)[] = [];
  const found = new Map<string, TreeWindow & { layer: number }>();
  let rootTag = "";
  let displays = 0;
  let rotation = 0;

  const openFrame = (tag: SaxesTagPlain): OpenWindow | undefined => {
    if (tag.name === "display") displays++;
    if (tag.name === "hierarchy") rotation = Number(attribute(tag, "rotation")) % 4 || 0;
    if (tag.name !== "window") return undefined;
    return {
      id: attribute(tag, "id"),
      type: attribute(tag, "type"),
      layer: Number(attribute(tag, "layer")) || 0,
    };
  };
  const addRoot = (root: TreeNode): void => {
    if (displays > 1) return;
    const window = openTags.findLast((tag): tag is OpenWindow => tag !== undefined && "layer" in tag);
    // A window that belongs to another one comes twice: inside it and on its own.
    const id = window?.id || `window ${found.size}`;
    if (!found.has(id)) found.set(id, { type: window?.type ?? "", layer: window?.layer ?? 0, root });
  };

  parser.on("error", (error) => {
    throw malformed(error.message, error);
  });
  parser.on("opentag", (tag) => {
    const parent = openTags[Math.min(openTags.length, deepest) - 1];
    if (rootTag === "") {
      if (tag.name !== "hierarchy" && tag.name !== "displays") {
        throw malformed(`its root is ${tag.name}, not hierarchy or displays`);
      }
      rootTag = tag.name;
      openTags.push(openFrame(tag));
    } else if (rootTag === "displays" && windowTags.has(tag.name)) {
      openTags.push(openFrame(tag));
    } else {
      const node = nodeOf(tag);
      if (parent !== undefined && "children" in parent) parent.children.push(node);
      else addRoot(node);
      openTags.push(node);
    }
  });
  parser.on("closetag", () => openTags.pop());
  parser.write(withLegalCharacters(xml)).close();
  if (rootTag === "") throw malformed("it is empty");
  const windows = [...found.values()].sort((a, b) => b.layer - a.layer);
  return { rotation, windows: windows.map(({ type, root }) => ({ type, root })) };
}

function nodeOf(tag: SaxesTagPlain): TreeNode {
  const is = (name: string): boolean => attribute(tag, name) === "true";
  const className = attribute(tag, "class") || tag.name;
  const text = attribute(tag, "text");
  const isValue = rangeClass.test(className) && javaFloat.test(text);
  return {
    className,
    resourceId: attribute(tag, "resource-id"),
    package: attribute(tag, "package"),
    text: isValue ? "" : text,
    value: isValue ? text : "",
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
    showsHint: is("showing-hint"),
    drawingOrder: Number(attribute(tag, "drawing-order")) || 0,
    children: [],
  };
}

function attribute(tag: SaxesTagPlain, name: string): string {
  return tag.attributes[name] ?? "";
}

/** `[left,top][right,bottom]`; an empty rectangle where there is none. */
function boundsOf(text: string): Bounds {
  const found = /^\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]$/u.exec(text);
  if (found === null) return { ...nothing };
  const [left, top, right, bottom] = found.slice(1).map(Number) as [number, number, number, number];
  return { left, top, right, bottom };
}

function malformed(reason: string, cause?: unknown): Error {
  return infraError("TREE_MALFORMED", `the device gave a UI tree that cannot be read: ${reason}`, cause);
}
