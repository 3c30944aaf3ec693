/**
 * Writes a UI tree as `uiautomator dump` of API 33 does: AOSP's AccessibilityNodeInfoDumper over
 * KXmlSerializer, on one line.
 */
import type { Rect } from "./metrics.ts";
import type { TreeNode } from "./tree.ts";
import type { AccessibilityWindow } from "./windows.ts";
import { xmlAttribute, type Substitution } from "./xml-attribute.ts";

/** A code unit that AccessibilityNodeInfoDumper.stripInvalidXMLChars or XML 1.0 does not let through. */
function isInvalid(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x9 && code !== 0xa && code !== 0xd) ||
    (code >= 0x7f && code <= 0x84) ||
    (code >= 0x86 && code <= 0x9f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfdd0 && code <= 0xfddf) ||
    code === 0xfffe ||
    code === 0xffff
  );
}

function bounds({ left, top, right, bottom }: Rect): string {
  return `[${left},${top}][${right},${bottom}]`;
}

const stripped: Substitution = { isInvalid, instead: "." };

/** Nothing that a screen reader could say: neither here nor below. */
function isSilent(node: TreeNode): boolean {
  return !node.text && !node.desc && node.children.every(isSilent);
}

/** "Not accessibility friendly", as the dumper marks it: can be tapped but has no name. */
function isUnfriendly(node: TreeNode): boolean {
  return node.clickable === true && node.enabled !== false && isSilent(node);
}

function writeNode(node: TreeNode, index: number, packageName: string): string {
  const flag = (value: boolean | undefined): string => String(value === true);
  const attributes: [name: string, value: string][] = [
    ["index", String(index)],
    ["text", node.text ?? ""],
    ["resource-id", node.resourceId ?? ""],
    ["class", node.className],
    ["package", packageName],
    ["content-desc", node.desc ?? ""],
    ["checkable", flag(node.checkable)],
    ["checked", flag(node.checked)],
    ["clickable", flag(node.clickable)],
    ["enabled", flag(node.enabled !== false)],
    ["focusable", flag(node.focusable)],
    ["focused", flag(node.focused)],
    ["scrollable", flag(node.scrollable)],
    ["long-clickable", flag(node.longClickable)],
    ["password", flag(node.password)],
    ["selected", flag(node.selected)],
    ["bounds", bounds(node.bounds)],
  ];
  if (isUnfriendly(node)) attributes.unshift(["NAF", "true"]);
  const open = `<node ${attributes.map(([name, value]) => xmlAttribute(name, value, stripped)).join(" ")}`;
  if (node.children.length === 0) return `${open} />`;
  return `${open}>${node.children.map((child, i) => writeNode(child, i, packageName)).join("")}</node>`;
}

const declaration = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>";

function hierarchy(root: TreeNode, packageName: string, rotation: number): string {
  return `<hierarchy rotation="${rotation}">${writeNode(root, 0, packageName)}</hierarchy>`;
}

/** The tree of one window. */
export function writeDump(root: TreeNode, packageName: string, rotation = 0): string {
  return `${declaration}${hierarchy(root, packageName, rotation)}`;
}

const typeNames: Record<AccessibilityWindow["type"], string> = {
  application: "TYPE_APPLICATION",
  inputMethod: "TYPE_INPUT_METHOD",
  system: "TYPE_SYSTEM",
};

/** All windows, as `uiautomator dump --windows` writes them (dumpWindowsToFile of the same class, since API 30). */
export function writeWindows(windows: readonly AccessibilityWindow[], rotation: number): string {
  const written = windows.map((window, index) => {
    const attributes = [
      `index="${index}"`,
      xmlAttribute("title", window.title, stripped),
      `bounds="${bounds(window.bounds)}"`,
      `active="${window.active}"`,
      `focused="${window.focused}"`,
      // No service has ever moved the accessibility focus.
      'accessibility-focused="false"',
      `id="${window.id}"`,
      `layer="${window.layer}"`,
      `type="${typeNames[window.type]}"`,
    ];
    return `<window ${attributes.join(" ")}>${hierarchy(window.root, window.package, rotation)}</window>`;
  });
  return `${declaration}<displays><display id="0">${written.join("")}</display></displays>`;
}
