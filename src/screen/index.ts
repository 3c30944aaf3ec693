export type { Bounds, Element, Screen, ScreenImage, TreeSource } from "./screen.ts";
