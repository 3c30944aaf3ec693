export { buildScreen } from "./build.ts";
export type { ScreenParts } from "./build.ts";
export { elementsFromTree, visibleBounds } from "./elements.ts";
export { screenImage } from "./image.ts";
export { listing } from "./listing.ts";
export type { Bounds, Element, Screen, ScreenImage, TreeSource } from "./screen.ts";
export { parseTree } from "./tree.ts";
export type { Tree, TreeNode } from "./tree.ts";
