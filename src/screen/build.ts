import { createHash } from "node:crypto";
import { elementsFromTree } from "./elements.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Screen } from "./screen.ts";
import { parseTree } from "./tree.ts";

/** What a driver read from the device; the rest of a `Screen` follows from it. */
export type ScreenParts = Omit<Screen, "elements" | "fingerprint" | "rotation"> & {
  /** Where the driver knows better than the tree. */
  rotation?: number;
  /** The user's input method, such as `com.android.inputmethod.latin/.LatinIME`, where the driver knows it. */
  inputMethod?: string;
};

/** Throws `TREE_MALFORMED` where `xml` is no UI tree. */
export function buildScreen({ inputMethod, ...parts }: ScreenParts): Screen {
  if (parts.treeSource === "none") {
    return { ...parts, rotation: parts.rotation ?? 0, elements: [], fingerprint: pictureFingerprint(parts) };
  }
  const tree = parseTree(parts.xml);
  const elements = elementsFromTree(tree, { ...parts, ...(inputMethod !== undefined && { inputMethod }) });
  return {
    ...parts,
    rotation: parts.rotation ?? tree.rotation,
    elements,
    fingerprint: fingerprint(elements, parts.package, parts.activity),
  };
}

/** Without a tree the picture is all there is to compare, its clock included. */
function pictureFingerprint(parts: Pick<Screen, "package" | "activity" | "image">): string {
  const content = [parts.package, parts.activity, parts.image?.sha256 ?? ""];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
