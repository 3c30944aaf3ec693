export { exportDataset, type ExportOptions } from "./export.ts";
export type { FormatName } from "./formats/format.ts";
export type { DatasetManifest } from "./manifest.ts";
