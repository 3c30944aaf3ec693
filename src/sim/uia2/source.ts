/**
 * The page source: `AccessibilityNodeInfoDumper` of the real server over Android's KXmlSerializer, which
 * breaks lines with CR LF.
 */
import { sourceAttributes } from "./attributes.ts";
import { xmlAttribute, type Substitution } from "../ui/xml-attribute.ts";
import type { UiNode } from "./nodes.ts";

export interface SourceDisplay {
  /** Quarter turns: 0 to 3. */
  rotation: number;
  /** Pixels of the display without the bar of navigation keys (Display.getSize). */
  width: number;
  height: number;
}

export function writeSource(roots: readonly UiNode[], display: SourceDisplay, maxDepth: number): string {
  const { rotation, width, height } = display;
  const root = `<hierarchy index="0" class="hierarchy" rotation="${rotation}" width="${width}" height="${height}"`;
  const declaration = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>";
  if (roots.length === 0) return `${declaration}\r\n${root} />`;
  const lines = roots.flatMap((node) => writeNode(node, 1, maxDepth));
  return [declaration, `${root}>`, ...lines, "</hierarchy>"].join("\r\n");
}

function writeNode(node: UiNode, depth: number, maxDepth: number): string[] {
  const indent = "  ".repeat(depth);
  const name = tagName(node.tree.className);
  const attributes = sourceAttributes(node)
    .map(([key, value]) => ` ${xmlAttribute(key, value, replaced)}`)
    .join("");
  if (node.children.length === 0 || depth >= maxDepth) return [`${indent}<${name}${attributes} />`];
  const children = node.children.flatMap((child) => writeNode(child, depth + 1, maxDepth));
  return [`${indent}<${name}${attributes}>`, ...children, `${indent}</${name}>`];
}

/** A class name as an XML name (`toXmlNodeName`). */
export function tagName(className: string): string {
  const fixed = className
    .replaceAll(/[$@#&]/gu, ".")
    .replaceAll(/\.+/gu, ".")
    .replaceAll(/^\.|\.$/gu, "")
    .replace(/^[^\p{L}_]+/u, "")
    .replaceAll(/[^\p{L}\p{N}._-]/gu, "_");
  return fixed.trim() === "" ? "android.view.View" : fixed;
}

/** What XML 1.0 has no way to write becomes a question mark. */
function isInvalid(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x9 && code !== 0xa && code !== 0xd) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff
  );
}

const replaced: Substitution = { isInvalid, instead: "?" };
