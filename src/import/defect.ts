/** What can be wrong with a recording, in words that programs match on. */
export type DefectCode =
  /** The line is no JSON, or not the record it should be. */
  | "line-broken"
  | "line-too-long"
  /** Something stands before or after the JSON that JSON does not allow there. */
  | "stray-characters"
  | "index-gap"
  | "index-repeated"
  | "goal-changes"
  | "too-many-steps"
  | "no-steps"
  | "picture-missing"
  | "picture-unreadable"
  /** A path leads out of the folder that is imported. */
  | "path-outside"
  | "element-unreadable"
  | "element-repeated"
  | "element-gap"
  | "tree-missing"
  | "tree-unreadable"
  | "app-name"
  | "plan-unreadable"
  | "verb-spelling"
  /** The recorded action lacks an argument that the reply has. */
  | "argument-dropped"
  | "action-unknown"
  | "success-unknown";

/** One thing that is wrong with a recording. */
export interface Defect {
  code: DefectCode;
  /** Within the source, with forward slashes. */
  file: string;
  /** From 1. */
  line: number;
  what: string;
  /** What was made of it. */
  done: string;
}

/** A step whose recorded action our reading of its reply does not give. */
export interface Difference {
  file: string;
  line: number;
  /** The recorded action, and ours, as code. */
  recorded: string;
  ours: string;
  why: string;
}

/** Told of everything that is wrong, as it is found. */
export interface Report {
  defect(defect: Defect): void;
  difference(difference: Difference): void;
}

/** A place in the source, and how to report what is wrong there. */
export interface Place {
  file: string;
  line: number;
  defect(code: DefectCode, what: string, done: string): void;
}

export function placeOf(report: Report, file: string, line: number): Place {
  return {
    file,
    line,
    defect: (code, what, done) => report.defect({ code, file, line, what, done }),
  };
}

/** Words of the input in a message: bounded, on one line. */
export function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const line = JSON.stringify(text);
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
