import { AndroidGenError } from "../../errors.ts";
import type { InstalledApp, ShellResult } from "../device.ts";
import type { Commands } from "../commands.ts";
import { knownApps, nameOf } from "./known-apps.ts";

const mainAction = "android.intent.action.MAIN";
const launcherCategory = "android.intent.category.LAUNCHER";
/** How long an app may take to draw itself, in milliseconds. */
const launchMs = 15_000;

/** Apps with an icon in the launcher, by package name. */
export async function launchableApps(commands: Commands): Promise<InstalledApp[]> {
  const text = await commands.must([
    "cmd",
    "package",
    "query-activities",
    "--brief",
    "-a",
    mainAction,
    "-c",
    launcherCategory,
  ]);
  const apps = new Map<string, InstalledApp>();
  for (const line of text.split("\n")) {
    const component = /^\s*([\w.]+)\/([\w.$]+)\s*$/u.exec(line);
    if (component === null) continue;
    const [, name, activity] = component as unknown as [string, string, string];
    // An app may have several icons; the first is the one of the highest priority.
    if (!apps.has(name))
      apps.set(name, { package: name, activity: `${name}/${activity}`, name: nameOf(name) });
  }
  return [...apps.values()].sort((a, b) => (a.package < b.package ? -1 : 1));
}

export type FoundApp = { ok: true; app: InstalledApp } | { ok: false; reason: string };

/**
 * The app a person means: by package, by name, by another name for it, by the words of its name, or
 * by a name with a slip in it. When two apps fit equally well the answer is a refusal that names them.
 */
export function findApp(wanted: string, apps: readonly InstalledApp[]): FoundApp {
  const name = plain(wanted);
  const rules: ((app: InstalledApp) => boolean)[] = [
    (app) => app.package === wanted.trim(),
    (app) => plain(app.name) === name,
    (app) => namesOf(app).includes(name),
    (app) => namesOf(app).some((known) => isSubset(words(name), words(known))),
    (app) => namesOf(app).some((known) => isSubset(words(known), words(name))),
    (app) => namesOf(app).some((known) => distance(known, name) <= Math.floor(known.length / 4)),
  ];
  for (const fits of name === "" ? [] : rules) {
    const found = apps.filter(fits);
    if (found.length === 1) return { ok: true, app: found[0]! };
    if (found.length > 1) {
      const names = found.map((app) => `${app.name} (${app.package})`).join(", ");
      return { ok: false, reason: `${JSON.stringify(wanted)} may be any of ${names}` };
    }
  }
  const names = apps.map((app) => app.name).join(", ");
  return { ok: false, reason: `there is no app ${JSON.stringify(wanted)} on this device; it has ${names}` };
}

/**
 * Brings an app to the front as its icon does, and waits until it has drawn itself. Undefined where it was started,
 * else what the device said against it.
 */
export async function startApp(app: InstalledApp, commands: Commands): Promise<string | undefined> {
  const start = ["am", "start", "-W", "-a", mainAction, "-c", launcherCategory, "-n", app.activity];
  let started: ShellResult;
  try {
    started = await commands.run(start, launchMs);
  } catch (error) {
    // It never ends for an activity that draws nothing, or finishes at once: the next screen shows what became of it.
    if (AndroidGenError.isInstance(error) && error.code === "DEVICE_TIMEOUT") return undefined;
    throw error;
  }
  const problem = complaint(started.stdout + started.stderr);
  if (problem !== undefined) return problem;
  return started.exitCode === 0 ? undefined : `am start ended with exit code ${started.exitCode}`;
}

/** Errors also come with exit code 0. A warning says that the app was running, and is in front now. */
function complaint(output: string): string | undefined {
  return /^\s*(?:Error: .*|.*(?:Exception: |Permission Denial).*)/imu.exec(output)?.[0].trim();
}

function namesOf(app: InstalledApp): string[] {
  return [app.name, ...(knownApps[app.package] ?? [])].map(plain);
}

/** Lower case, without punctuation, and without the word "app" that people add. */
function plain(name: string): string {
  const kept = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return kept.replace(/^the /u, "").replace(/ app(?:lication)?$/u, "");
}

function words(name: string): Set<string> {
  return new Set(name.split(" "));
}

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((word) => all.has(word));
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
