import { constants, mkdir, open } from "node:fs/promises";
import path from "node:path";
import { configError } from "../../errors.ts";
import { type FileLock, tryLockFile } from "../../file-lock.ts";
import type { ChatModel, ChatRequest, ChatResponse } from "../model.ts";
import { headerLine, writeCall } from "./format.ts";
import { beginning, requestKey } from "./key.ts";
import { openTape, type Tape, tapeError } from "./tape.ts";
import { createLineWriter, type LineWriter } from "./writer.ts";

/**
 * - `record` asks the model and tapes its reply; a cassette that is there is continued.
 * - `replay` answers from the tape, and asks the model for what is not on it, which is not taped.
 * - `strict` answers from the tape alone.
 */
export type CassetteMode = "record" | "replay" | "strict";

/**
 * Replies of a model, taped: a run can be played again without it, and its records are the same but for ids
 * and clock times. Equal requests are answered in the order of their occurrence, whatever comes in between, so
 * that several devices may share a tape. Calls that failed or were aborted are not on it; of pictures it has
 * the hash alone.
 */
export interface Cassette {
  /** The model as the tape has it. Wrap as many as there are; they share the tape. */
  wrap(model: ChatModel): ChatModel;
  close(): Promise<void>;
}

export interface CassetteOptions {
  /** Told what is wrong with the tape where the rest of it can be used. */
  onWarning?: (message: string) => void;
}

/**
 * Throws errors of class `config`: `CASSETTE_NOT_FOUND`, `CASSETTE_BROKEN`, `CASSETTE_TOO_NEW`, `CASSETTE_UNUSABLE`, and
 * `CASSETTE_IN_USE` where another program records. A call throws `CASSETTE_MISS` where a strict tape has no reply. A reply
 * is on disk before it is handed on, so that a record never knows a reply that the tape has lost.
 */
export async function openCassette(
  file: string,
  mode: CassetteMode,
  options: CassetteOptions = {},
): Promise<Cassette> {
  try {
    return mode === "record" ? await openRecorder(file, options) : await openPlayer(file, mode, options);
  } catch (error) {
    throw tapeError(error, file);
  }
}

async function openPlayer(
  file: string,
  mode: "replay" | "strict",
  options: CassetteOptions,
): Promise<Cassette> {
  const tape = await openTape(file);
  warnOfCut(file, tape, options);
  const asked = new Map<string, number>();
  return {
    wrap: (model) => ({
      async complete(request) {
        request.signal?.throwIfAborted();
        const key = requestKey(request);
        const nth = next(asked, key, 0);
        const reply = await tape.reply(key, nth);
        if (reply !== undefined) return reply;
        if (mode === "strict") throw miss(file, tape, request, key);
        return model.complete(request);
      },
    }),
    close: () => tape.close(),
  };
}

async function openRecorder(file: string, options: CassetteOptions): Promise<Cassette> {
  await mkdir(path.dirname(file), { recursive: true });
  const lock = lockTape(file);
  try {
    // Made where it is missing, and never emptied.
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT);
    try {
      const tape = await openTape(file);
      warnOfCut(file, tape, options);
      await handle.truncate(tape.end);
      const writer = createLineWriter(handle, file, tape.end);
      if (tape.end === 0) await writer.append(headerLine);
      else if (tape.unended) await writer.append("\n");
      return recorder(tape, writer, lock);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

function recorder(tape: Tape, writer: LineWriter, lock: FileLock): Cassette {
  const asked = new Map<string, number>();
  const record = async (model: ChatModel, request: ChatRequest): Promise<ChatResponse> => {
    const key = requestKey(request);
    // Counted when it is asked: replies to equal requests may come in another order.
    const occurrence = next(asked, key, tape.last(key));
    const response = await model.complete(request);
    const { role } = request;
    await writer.append(writeCall({ key, occurrence, role, begins: beginning(request), response }));
    return response;
  };
  return {
    wrap: (model) => ({ complete: (request) => record(model, request) }),
    async close() {
      try {
        await writer.close();
        await tape.close();
      } finally {
        lock.release();
      }
    },
  };
}

function next(asked: Map<string, number>, key: string, before: number): number {
  const nth = (asked.get(key) ?? before) + 1;
  asked.set(key, nth);
  return nth;
}

function lockTape(file: string): FileLock {
  const lock = tryLockFile(`${file}.lock`);
  if (lock !== undefined) return lock;
  throw configError(
    "CASSETTE_IN_USE",
    `The cassette ${file} is being recorded by another program. Wait for it, or name another file.`,
  );
}

function warnOfCut(file: string, { cutLine }: Tape, { onWarning }: CassetteOptions): void {
  if (cutLine === undefined) return;
  onWarning?.(
    `${file}:${cutLine}: the last line is not whole, as a killed program leaves it; it is left out.`,
  );
}

function miss(file: string, tape: Tape, request: ChatRequest, key: string) {
  const begins = beginning(request);
  const what = `The cassette ${file} has no reply to this ${request.role} request (${key.slice(0, 12)}, prompt ${begins})`;
  return configError("CASSETTE_MISS", `${what}: ${nearestMend(tape.count(key), tape.knows(begins))}`);
}

function nearestMend(recorded: number, known: boolean): string {
  if (recorded > 0) {
    return `it was asked ${recorded === 1 ? "once" : `${recorded} times`} when the tape was recorded, and now more often. Play a tape anew for each run.`;
  }
  if (known) {
    return "prompts that begin like this are on it, but none is the same. Give the suite, seed, settings and devices that it was recorded with, or record it anew.";
  }
  return "no prompt on it begins like this. Prompts or settings have changed since: record it anew.";
}
