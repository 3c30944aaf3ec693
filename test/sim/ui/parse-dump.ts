/** Reads a dump back, strictly. */
import { SaxesParser } from "saxes";
import type { Rect } from "../../../src/sim/ui/metrics.ts";

export interface DumpNode {
  attributes: Record<string, string>;
  text: string;
  desc: string;
  bounds: Rect;
  children: DumpNode[];
}

/** Every node, parents before children. Throws where the XML is not well-formed. */
export function parseDump(xml: string): DumpNode[] {
  const all: DumpNode[] = [];
  const open: DumpNode[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name !== "node") return;
    const numbers = (attributes["bounds"] ?? "").match(/-?\d+/g)?.map(Number) ?? [];
    const [left = 0, top = 0, right = 0, bottom = 0] = numbers;
    const node: DumpNode = {
      attributes,
      text: attributes["text"] ?? "",
      desc: attributes["content-desc"] ?? "",
      bounds: { left, top, right, bottom },
      children: [],
    };
    open.at(-1)?.children.push(node);
    open.push(node);
    all.push(node);
  });
  parser.on("closetag", ({ name }) => {
    if (name === "node") open.pop();
  });
  parser.write(xml).close();
  return all;
}

/** The one node with this text or content description. */
export function find(xml: string, name: string): DumpNode {
  const found = parseDump(xml).filter((node) => node.text === name || node.desc === name);
  if (found.length !== 1) throw new Error(`${found.length} nodes are called "${name}"`);
  return found[0]!;
}

export function centre({ bounds }: DumpNode): [x: number, y: number] {
  return [Math.floor((bounds.left + bounds.right) / 2), Math.floor((bounds.top + bounds.bottom) / 2)];
}
