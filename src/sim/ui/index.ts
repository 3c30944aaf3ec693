export * from "./bars.ts";
export * from "./components.ts";
export * from "./overlays.ts";
export { createWindows } from "./manager.ts";
export { theme } from "./theme.ts";
export type * from "./view.ts";
export * from "./widgets.ts";
export type * from "./windows.ts";
