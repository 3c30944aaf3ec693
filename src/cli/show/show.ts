import { androidGenCode, type Action } from "../../action/index.ts";
import { configError } from "../../errors.ts";
import {
  type DeviceRecord,
  openStore,
  type Store,
  type StoredEpisode,
  type StoredRun,
  type StoredStep,
} from "../../store/index.ts";
import { print, printJson, printTable } from "../output.ts";
import { oneLine, printable } from "../printable.ts";

/** Shows what an id names: a run, an episode, or without one the runs of the database. */
export async function show(id: string | undefined, options: { db: string; json?: boolean }): Promise<void> {
  const store = await openStore(options.db, { readonly: true });
  const json = options.json === true;
  try {
    if (id === undefined) return await showRuns(store, json);
    const run = (await store.runs.list()).find((one) => one.id === id);
    if (run !== undefined) return await showRun(store, id, json);
    const episode = await store.episodes.get(id).catch((error: unknown) => {
      throw configError(
        "ID_NOT_FOUND",
        `${options.db} has no run or episode ${id}; androidgen show lists the runs`,
        error,
      );
    });
    await showEpisode(store, episode, json);
  } finally {
    await store.close();
  }
}

async function showRuns(store: Store, json: boolean): Promise<void> {
  const rows = [];
  for (const run of await store.runs.list()) {
    const latest = await store.episodes.latest(run.id);
    const count = (state: string): number => latest.filter((episode) => episode.state === state).length;
    rows.push({
      id: run.id,
      suite: run.suite,
      driver: driverOf(run),
      state: run.state,
      episodes: latest.length,
      succeeded: count("succeeded"),
      failed: count("failed"),
      open: latest.length - count("succeeded") - count("failed"),
    });
  }
  if (json) return rows.forEach(printJson);
  if (rows.length === 0) return print("no runs yet; start one with: androidgen run SUITE");
  printTable(
    ["run", "suite", "driver", "state", "episodes", "succeeded", "failed", "open"],
    rows.map((row) => Object.values(row)),
  );
}

/** Runs that are older than the choice were all driven over adb; imported ones were driven elsewhere. */
function driverOf({ settings }: StoredRun): string {
  if (settings["imported"] !== undefined) return "imported";
  return settings["driver"] === "appium" ? "appium" : "adb";
}

async function showRun(store: Store, id: string, json: boolean): Promise<void> {
  const instances = new Map((await store.runs.instances(id)).map((instance) => [instance.id, instance]));
  const rows = [];
  for (const episode of await store.episodes.list(id)) {
    const verdicts = await store.verdicts.list(episode.id);
    const rules = verdicts.findLast((verdict) => verdict.source === "rules");
    rows.push({
      episode: episode.id,
      instance: episode.instanceId,
      state: episode.state,
      kept: rules === undefined ? "" : rules.success ? "yes" : "no",
      steps: episode.steps,
      device: episode.device ?? "",
      goal: instances.get(episode.instanceId)?.goal ?? "",
      why: episode.error?.message ?? reasonsOf(rules?.detail),
    });
  }
  if (json) return rows.forEach(printJson);
  printTable(
    ["episode", "instance", "state", "kept", "steps", "device", "why not"],
    rows.map((row) => [
      row.episode,
      row.instance,
      row.state,
      row.kept,
      row.steps,
      row.device,
      oneLine(row.why, 60),
    ]),
  );
}

/** The rules that were broken, as the rule filter recorded them. */
function reasonsOf(detail: Record<string, unknown> | undefined): string {
  const reasons = detail?.["reasons"];
  if (!Array.isArray(reasons)) return "";
  return reasons.map((reason: { reason: string }) => reason.reason).join("; ");
}

async function showEpisode(store: Store, episode: StoredEpisode, json: boolean): Promise<void> {
  const instances = await store.runs.instances(episode.runId);
  const instance = instances.find((one) => one.id === episode.instanceId);
  const steps = await store.steps.list(episode.id);
  const verdicts = await store.verdicts.list(episode.id);
  const device = await store.devices.ofEpisode(episode.id);
  if (json) {
    printJson({ episode, instance, ...(device === undefined ? {} : { device }) });
    for (const step of steps) printJson({ step });
    for (const verdict of verdicts) printJson({ verdict });
    return;
  }
  print(`${episode.id}  ${episode.instanceId}  ${episode.state}  ${episode.device ?? ""}`);
  if (device !== undefined) print(`device: ${printable(deviceLine(device))}`);
  print(`goal: ${printable(instance?.goal ?? "")}`);
  if (episode.answer !== undefined) print(`answer: ${printable(episode.answer)}`);
  if (episode.error !== undefined)
    print(`error: ${printable(episode.error.message)} [${episode.error.code}]`);
  for (const step of steps) printStep(step);
  for (const verdict of verdicts) {
    print(`\nverdict by ${verdict.source} ${verdict.version}: ${verdict.success ? "success" : "no success"}`);
    for (const line of detailLines(verdict.detail)) print(`  ${line}`);
    for (const label of verdict.labels)
      print(`  ${label.step === -1 ? "never" : `step ${label.step}`}: ${printable(label.condition)}`);
  }
}

function deviceLine(device: DeviceRecord): string {
  const { serial, model, apiLevel, width, height, density, driver, identity } = device;
  const known = identity === "" ? "" : `, identity ${identity.slice(0, 12)}`;
  return `${serial}, ${model}, API ${apiLevel}, ${width}×${height} at ${density} dpi, driven by ${driver}${known}`;
}

function printStep(step: StoredStep): void {
  const done = step.plan.filter((item) => item.done).length;
  const { deviceMs, modelMs } = step;
  // Recordings of other systems do not tell.
  const times =
    deviceMs === 0 && modelMs === 0
      ? ""
      : `  ${Math.round(deviceMs)} ms device, ${Math.round(modelMs)} ms model`;
  print(`\nstep ${step.number}  ${printable(step.package)}  plan ${done}/${step.plan.length}${times}`);
  if (step.experiences.length > 0) print(`  shown:   ${step.experiences.map(printable).join(", ")}`);
  if (step.thought !== "") print(`  thought: ${oneLine(step.thought, 300)}`);
  if (step.action !== undefined) print(`  action:  ${printable(codeOf(step.action))}`);
  if (step.refusal !== undefined)
    print(`  refused by ${step.refusal.rule}: ${oneLine(step.refusal.reason, 200)}`);
  if (step.output !== undefined) print(`  output:  ${oneLine(step.output, 200)}`);
  if (step.finding !== undefined)
    print(`  found wrong by ${step.finding.rule}: ${oneLine(step.finding.reason, 200)}`);
}

function codeOf(action: Action): string {
  return androidGenCode.format(action);
}

function detailLines(detail: Record<string, unknown>): string[] {
  const { checks, reasons, reason } = detail as {
    checks?: { passed: boolean; check: string; found: string }[];
    reasons?: { rule: string; reason: string }[];
    /** The strict critic's. */
    reason?: string;
  };
  return [
    ...(checks ?? []).map(
      ({ passed, check, found }) =>
        `${passed ? "passed" : "FAILED"}: ${printable(check)}; found ${oneLine(found, 120)}`,
    ),
    ...(reasons ?? []).map(({ rule, reason }) => `${rule}: ${printable(reason)}`),
    ...(reason === undefined ? [] : [oneLine(reason, 300)]),
  ];
}
