export type { Defect, DefectCode, Difference } from "./defect.ts";
export { type ImportOptions, type ImportResult, importSources } from "./import.ts";
export type { ImportFormat } from "./source.ts";
