import { type FileHandle, open } from "node:fs/promises";
import { configError, errorMessage } from "../../errors.ts";
import { fileLines } from "../../lines.ts";
import type { ChatResponse } from "../model.ts";
import { cassetteVersion, readCall, readHeader } from "./format.ts";

/** Longer than any reply; a line beyond it is none of ours. */
const longestLine = 64 * 1024 * 1024;

/** Where a reply lies in the file. Replies stay there until they are asked for, so that a tape may be of any size. */
interface Place {
  occurrence: number;
  offset: number;
  bytes: number;
}

/** What is on a tape. */
export interface Tape {
  /** Whole lines are on disk up to this byte; what follows was cut off. */
  end: number;
  /** The last line is whole but for its line feed. */
  unended: boolean;
  /** Number of the line that was cut off, as a killed process leaves it. */
  cutLine?: number;
  /** How many replies a key has. */
  count(key: string): number;
  /** The highest occurrence of a key; 0 where it has none. */
  last(key: string): number;
  /** Whether a prompt of this beginning was ever taped. */
  knows(begins: string): boolean;
  /** The reply to the nth request of a key, from 1, in the order the recorded run asked. */
  reply(key: string, nth: number): Promise<ChatResponse | undefined>;
  close(): Promise<void>;
}

/**
 * Opens what was recorded; a file of no bytes is an empty tape. Throws `CASSETTE_BROKEN` with the line's number, or
 * `CASSETTE_TOO_NEW`, both of class `config`. System errors of the file are thrown as they are.
 */
export async function openTape(file: string): Promise<Tape> {
  const places = new Map<string, Place[]>();
  const beginnings = new Set<string>();
  let end = 0;
  let unended = false;
  let cutLine: number | undefined;
  for await (const { number, offset, bytes, ended } of fileLines(file, longestLine)) {
    if (number === 1) checkHeader(file, bytes);
    else {
      const call = readCall(bytes);
      if (call === undefined && ended) throw broken(file, number);
      if (call === undefined) {
        cutLine = number;
        break;
      }
      const of = places.get(call.key) ?? [];
      of.push({ occurrence: call.occurrence, offset, bytes: bytes.length });
      places.set(call.key, of);
      beginnings.add(call.begins);
    }
    end = offset + bytes.length + (ended ? 1 : 0);
    unended = !ended;
  }
  // Lines lie in the order in which the replies came, which with several devices is not that of the requests.
  for (const of of places.values()) of.sort((a, b) => a.occurrence - b.occurrence);

  const handle = await open(file, "r");
  return {
    end,
    unended,
    ...(cutLine === undefined ? {} : { cutLine }),
    count: (key) => places.get(key)?.length ?? 0,
    last: (key) => places.get(key)?.at(-1)?.occurrence ?? 0,
    knows: (begins) => beginnings.has(begins),
    async reply(key, nth) {
      const place = places.get(key)?.[nth - 1];
      return place === undefined ? undefined : readReply(handle, file, key, place);
    },
    close: () => handle.close(),
  };
}

async function readReply(handle: FileHandle, file: string, key: string, place: Place): Promise<ChatResponse> {
  const line = Buffer.alloc(place.bytes);
  await handle.read(line, 0, place.bytes, place.offset);
  const call = readCall(line);
  if (call?.key === key) return call.response;
  throw configError(
    "CASSETTE_BROKEN",
    `${file} was changed while it was played. Leave a cassette alone until its run has ended.`,
  );
}

function checkHeader(file: string, line: Buffer): void {
  const version = readHeader(line);
  if (version === undefined) {
    throw configError("CASSETTE_BROKEN", `${file}:1: this is no cassette. Name another file.`);
  }
  if (version > cassetteVersion) {
    throw configError(
      "CASSETTE_TOO_NEW",
      `${file} is a cassette of version ${version}, and this program reads up to ${cassetteVersion}. Update it.`,
    );
  }
}

function broken(file: string, line: number) {
  return configError(
    "CASSETTE_BROKEN",
    `${file}:${line}: this line is no taped call. Remove it, or record the cassette anew.`,
  );
}

/** What the file system threw, in words that name the cassette and the mend. */
export function tapeError(error: unknown, file: string): Error {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") {
    return configError(
      "CASSETTE_NOT_FOUND",
      `There is no cassette ${file}. Record it with --cassette-mode record, or name another.`,
      error,
    );
  }
  if (code === "ENOSPC" || code === "EDQUOT") {
    return configError(
      "DISK_FULL",
      `The disk that holds the cassette ${file} is full. Free some space.`,
      error,
    );
  }
  if (/^(?:E[A-Z]+|SQLITE_[A-Z_]+)$/u.test(code)) {
    return configError(
      "CASSETTE_UNUSABLE",
      `The cassette ${file} cannot be used (${errorMessage(error)}). Check its folder and permissions.`,
      error,
    );
  }
  return error as Error;
}
