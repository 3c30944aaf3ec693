import { createHash } from "node:crypto";
import type { z } from "zod";
import { fileLines } from "../lines.ts";
import { type Place, placeOf, quoted, type Report } from "./defect.ts";
import { isBlank, readJsonLine } from "./json-line.ts";
import { limits } from "./limits.ts";
import type { SourceFile } from "./source.ts";

export interface StepLine<T> {
  place: Place;
  record: T;
}

/**
 * The lines of a file that holds one recording, a step a line. What is broken, out of order or of another goal is
 * reported and left out. The hash is that of all that was read.
 */
export async function stepLines<T extends { index: number }>(
  source: SourceFile,
  report: Report,
  schema: z.ZodType<T>,
  goalOf: (record: T) => string,
): Promise<{ lines: StepLine<T>[]; sha256: string }> {
  const hash = createHash("sha256");
  const lines: StepLine<T>[] = [];
  let read = 0;
  for await (const line of fileLines(source.file, limits.lineBytes)) {
    if (isBlank(line)) continue;
    hash.update(line.bytes).update("\n");
    const place = placeOf(report, source.name, line.number);
    read += line.bytes.length;
    if (lines.length === limits.stepsOfEpisode || read > limits.episodeBytes) {
      place.defect(
        "too-many-steps",
        `the recording is longer than ${lines.length} steps`,
        "the rest left out",
      );
      break;
    }
    const record = readJsonLine(line.bytes, schema, place);
    if (record !== undefined && follows(lines.at(-1)?.record, record, goalOf, place))
      lines.push({ place, record });
  }
  if (lines.length === 0) {
    placeOf(report, source.name, 1).defect("no-steps", "the recording holds no step", "left out");
  }
  return { lines, sha256: hash.digest("hex") };
}

function follows<T extends { index: number }>(
  last: T | undefined,
  record: T,
  goalOf: (record: T) => string,
  place: Place,
): boolean {
  const { index } = record;
  const expected = last === undefined ? 0 : last.index + 1;
  if (last !== undefined && goalOf(record) !== goalOf(last)) {
    place.defect(
      "goal-changes",
      `the goal is another one than before: ${quoted(goalOf(record))}`,
      "left out",
    );
    return false;
  }
  if (index < expected) {
    place.defect("index-repeated", `step ${index} comes again or too late`, "left out");
    return false;
  }
  if (index > expected) {
    const missing = index - expected === 1 ? `step ${expected} is` : `steps ${expected} to ${index - 1} are`;
    place.defect("index-gap", `${missing} missing`, "the steps that are there are numbered anew");
  }
  return true;
}
