import { Uia2Error } from "./errors.ts";
import type { UiNode } from "./nodes.ts";

export function findByXPath(
  expression: string,
  _roots: readonly UiNode[],
  _context: UiNode | undefined,
): UiNode[] {
  throw new Uia2Error("invalid selector", `'${expression}' is not supported`);
}
