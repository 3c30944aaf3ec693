import { configError } from "../../errors.ts";
import { openStore, type Store, type StoredCall } from "../../store/index.ts";
import type { PromptOptions, PromptStep } from "../commands/prompt.ts";
import { print, printJson } from "../output.ts";
import { printable } from "../printable.ts";
import { writePictures } from "./pictures.ts";

/**
 * Prints the recorded model calls of one step, or of the judges of the whole episode; under the number after the last
 * step, those of a round that broke off. Throws `EPISODE_NOT_FOUND` and `STEP_NOT_FOUND` (class `config`), which say
 * what there is.
 */
export async function showPrompts(
  episodeId: string,
  step: PromptStep,
  options: PromptOptions,
): Promise<void> {
  const store = await openStore(options.db, { readonly: true });
  try {
    const calls = await callsOf(store, episodeId, step);
    const chosen = calls.filter(({ role }) => options.role === undefined || role === options.role);
    const files =
      options.pictures === undefined
        ? new Map<string, string>()
        : await writePictures(store, chosen, options.pictures);
    if (options.json === true) {
      for (const call of chosen) printJson({ episode: episodeId, ...call, files: filesOf(call, files) });
      return;
    }
    if (chosen.length === 0) print(`no ${options.role ?? "model"} call was made there`);
    for (const [i, call] of chosen.entries()) printCall(call, `${i + 1} of ${chosen.length}`, files);
  } finally {
    await store.close();
  }
}

async function callsOf(store: Store, episodeId: string, step: PromptStep): Promise<StoredCall[]> {
  const episode = await store.episodes.get(episodeId).catch(async (error: unknown) => {
    throw configError("EPISODE_NOT_FOUND", await whichEpisodes(store, episodeId), error);
  });
  const calls = await store.calls.list(episodeId);
  const judging = calls.filter((call) => call.step === undefined && call.role === "critic");
  if (step === "judge") return judging;
  if (step <= episode.steps) return calls.filter((call) => call.step === step);
  const brokenOff = calls.filter((call) => call.step === undefined && call.role !== "critic");
  if (step === episode.steps + 1 && brokenOff.length > 0) return brokenOff;
  const judged = judging.length > 0 ? ", and judge" : "";
  const there = episode.steps === 0 ? "it has no steps" : `there are steps 1 to ${episode.steps}${judged}`;
  throw configError("STEP_NOT_FOUND", `episode ${episodeId} has no step ${step}; ${there}`);
}

/** Most ids that an error lists. */
const listed = 20;

async function whichEpisodes(store: Store, id: string): Promise<string> {
  const runs = (await store.runs.list()).map((run) => run.id);
  const isRun = runs.includes(id);
  const ids = isRun ? (await store.episodes.list(id)).map((episode) => episode.id) : runs;
  const more = ids.length > listed ? `, and ${ids.length - listed} more` : "";
  const names = ids.length === 0 ? "none" : `${ids.slice(0, listed).join(", ")}${more}`;
  return isRun
    ? `${id} is a run; its episodes: ${names}`
    : `${store.file} has no episode ${id}; androidgen show RUN lists them, for the runs: ${names}`;
}

function filesOf({ messages }: StoredCall, files: ReadonlyMap<string, string>): string[] {
  const parts = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  return parts.flatMap((part) => (part.type === "image" ? (files.get(part.sha256) ?? []) : []));
}

function printCall(call: StoredCall, which: string, files: ReadonlyMap<string, string>): void {
  const { response } = call;
  print(`call ${which}: ${call.role}, prompt ${call.prompt}`);
  print(`model ${printable(response.model)}${endpointOf(call)}, ${spentOn(call)}`);
  const settings = Object.entries(response.settings ?? {}).map(([name, value]) => `${name} ${value}`);
  if (settings.length > 0) print(`settings: ${settings.join(", ")}`);
  for (const { role, content } of call.messages) {
    print(`\n--- ${role}`);
    for (const part of typeof content === "string" ? [{ type: "text" as const, text: content }] : content) {
      if (part.type === "text") print(printable(part.text));
      else print(`[picture ${part.sha256} ${part.mediaType}${written(files.get(part.sha256))}]`);
    }
  }
  if (response.thinking !== undefined) print(`\n--- thinking\n${printable(response.thinking)}`);
  if (response.failure !== undefined) {
    print(`\n--- no reply, though it was paid for\n${printable(response.failure)}\n`);
    return;
  }
  print(`\n--- reply${response.truncated === true ? ", cut by its token limit" : ""}`);
  print(`${printable(response.text)}\n`);
}

function endpointOf({ response }: StoredCall): string {
  return response.endpoint === undefined ? "" : ` at ${printable(response.endpoint)}`;
}

function spentOn({ response }: StoredCall): string {
  const { usage, costUsd, latencyMs, attempts } = response;
  const cost = costUsd === undefined ? "" : `, $${costUsd.toFixed(6)}`;
  const tries = attempts === 1 ? "" : `, ${attempts} attempts`;
  return `${usage.promptTokens} + ${usage.completionTokens} tokens${cost}, ${Math.round(latencyMs)} ms${tries}`;
}

function written(file: string | undefined): string {
  return file === undefined ? "" : ` written to ${file}`;
}
