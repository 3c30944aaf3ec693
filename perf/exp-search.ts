import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import type { Experience, ExperienceQuery, ExperienceSource } from "../src/agent/index.ts";
import { type Embedder, unit } from "../src/llm/index.ts";
import { scriptedEmbedding } from "../src/sim/model/embeddings/scripted-embedding.ts";
import { type NewExperience, openStore, type Store } from "../src/store/index.ts";
import { sketchOf } from "../src/store/experiences/sketch.ts";
import { drawInstance, loadSuite, type TaskTemplate } from "../src/task/index.ts";
import { type Figure, round } from "./figure.ts";

const experiences = 100_000;
const dimensions = 768;
/** Instances of each template that are stored, and that are looked for, where quality is measured. */
const stored = 5;
const heldOut = 3;

/**
 * ExpSearch over 100,000 experiences, drawn from the suites with their templates under 20 names each, the task's own
 * template left out as in a run; and how often the best of a held-out split is of the template that was looked for,
 * which there is not left out.
 */
export async function expSearch(): Promise<Figure[]> {
  const suites = await Promise.all(["tasks/demo.yaml", "tasks/everyday.yaml"].map((file) => loadSuite(file)));
  const templates = suites.flatMap((suite) => suite.templates);
  const folder = await mkdtemp(path.join(tmpdir(), "androidgen-perf-"));
  const store = await openStore(path.join(folder, "perf.db"));
  try {
    return [...(await latency(store, templates)), ...(await quality(folder, templates))];
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

const scripted: Embedder = {
  model: "scripted",
  embed: async (texts) => texts.map((text) => unit(scriptedEmbedding(text))),
  close: async () => {},
};

async function latency(store: Store, templates: readonly TaskTemplate[]): Promise<Figure[]> {
  const all = fill(store.file, templates);
  const goals = templates.map((template) => ({
    goal: drawInstance(template, 1, 99).goal,
    template: template.id,
  }));
  const byVectors = store.experiences.byVectors(scripted);
  const own = (name: string) => Array.from({ length: 20 }, (_, i) => `${name}-${i}`);
  const timed = async (search: (goal: string, template: string) => unknown) => {
    for (const { goal, template } of goals.slice(0, 5)) await search(goal, template);
    const taken: number[] = [];
    for (const { goal, template } of goals) {
      const start = performance.now();
      await search(goal, template);
      taken.push(performance.now() - start);
    }
    taken.sort((a, b) => a - b);
    return { p50: taken[Math.floor(taken.length / 2)]!, p95: taken[Math.floor(taken.length * 0.95)]! };
  };

  const words = await timed((goal, template) => store.experiences.search(query(goal, own(template))));
  const database = new Database(store.file, { readonly: true });
  const like = database.prepare("SELECT id FROM experience WHERE goal LIKE '%' || ? || '%' LIMIT 1");
  const plain = await timed((goal) => like.all(`${goal} `));
  database.close();
  const started = performance.now();
  await byVectors.search(query(goals[0]!.goal, []));
  const first = performance.now() - started;
  const vectors = await timed((goal, template) => byVectors.search(query(goal, own(template))));
  let agreed = 0;
  const scanned = await timed(async (goal) => {
    const exact = scan(all, unit(scriptedEmbedding(goal)));
    const [found] = await byVectors.search(query(goal, []));
    if (found!.similarity >= exact - 1e-5) agreed++;
  });
  const scan1 = await timed((goal) => scan(all, unit(scriptedEmbedding(goal))));

  const figure = (name: string, value: number, baseline: { name: string; value: number }, note: string) => ({
    name,
    value: round(value),
    unit: "ms",
    baseline: { name: baseline.name, value: round(baseline.value), ratio: round(value / baseline.value, 3) },
    note,
  });
  const likeScan = { name: "LIKE over all goals", value: plain.p50 };
  const floatScan = { name: "scan of all vectors in memory", value: scan1.p50 };
  const among = `among ${experiences} experiences, n = ${goals.length} goals`;
  return [
    figure("exp-search-words-p50", words.p50, likeScan, `${among}; at most 20 ms`),
    figure("exp-search-words-p95", words.p95, likeScan, among),
    figure(
      "exp-search-vectors-p50",
      vectors.p50,
      floatScan,
      `${dimensions} dimensions, ${among}; at most 50 ms`,
    ),
    figure("exp-search-vectors-p95", vectors.p95, floatScan, among),
    figure("exp-search-vectors-first", first, floatScan, "the first search reads all sketches"),
    {
      name: "exp-search-vectors-recall",
      value: round(agreed / (goals.length + 5)),
      unit: "share",
      note: `best found as similar as the best there is, n = ${goals.length + 5}; mean of both ${round(scanned.p50)} ms`,
    },
  ];
}

/** Writes the rows as the store would, but in one transaction; gives all vectors. */
function fill(file: string, templates: readonly TaskTemplate[]): Float32Array {
  const database = new Database(file);
  const addRow = database.prepare(`
    INSERT INTO experience
      (id, episode_id, position, kind, template_id, benchmark, package, activity, goal, words, text)
      VALUES (?, 'e-' || ?, 0, 'trajectory', ?, 0, 'com.example', '.Main', ?, lower(?), 'Steps:')`);
  const addVector = database.prepare(
    "INSERT INTO experience_vector (experience_id, model, sketch, vector) VALUES (?, 'scripted', ?, ?)",
  );
  const all = new Float32Array(experiences * dimensions);
  database.transaction(() => {
    for (let id = 1; id <= experiences; id++) {
      const template = templates[id % templates.length]!;
      const { goal, apps } = drawInstance(template, Math.ceil(id / templates.length), 7);
      addRow.run(id, id, `${template.id}-${id % 20}`, goal, `${goal} ${apps.join(" ")}`);
      const vector = unit(scriptedEmbedding(goal));
      const sketch = sketchOf(vector);
      all.set(vector, (id - 1) * dimensions);
      addVector.run(id, Buffer.from(sketch.buffer), Buffer.from(vector.buffer));
    }
  })();
  database.close();
  return all;
}

/** The similarity of the most similar one. */
function scan(all: Float32Array, vector: Float32Array): number {
  let most = 0;
  for (let at = 0; at < all.length; at += dimensions) {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += all[at + i]! * vector[i]!;
    if (sum > most) most = sum;
  }
  return most;
}

function query(goal: string, excludeTemplates: readonly string[]): ExperienceQuery {
  return { goal, limit: 1, floor: 0, kinds: ["trajectory"], excludeTemplates, excludeBenchmarks: true };
}

async function quality(folder: string, templates: readonly TaskTemplate[]): Promise<Figure[]> {
  const store = await openStore(path.join(folder, "quality.db"));
  try {
    for (const template of templates) {
      for (let number = 1; number <= stored; number++) {
        const { id, goal, apps } = drawInstance(template, number, 7);
        await store.experiences.keep(id, [asExperience(template, goal, apps)]);
      }
    }
    const vectors = store.experiences.byVectors(scripted);
    await vectors.index();
    return [
      await hitRate("exp-search-words-hit-rate", store.experiences, templates),
      await hitRate("exp-search-vectors-hit-rate", vectors, templates),
    ];
  } finally {
    await store.close();
  }
}

function asExperience({ id }: TaskTemplate, goal: string, apps: readonly string[]): NewExperience {
  const start = { package: "com.example", activity: ".Main" };
  const kind = "trajectory";
  return { kind, templateId: id, goal, text: "", plan: "", apps, packages: [], start, benchmark: false };
}

async function hitRate(
  name: string,
  source: ExperienceSource,
  templates: readonly TaskTemplate[],
): Promise<Figure> {
  let hits = 0;
  let asked = 0;
  const own: number[] = [];
  const others: number[] = [];
  const similarity = ([found]: Experience[]) => found?.similarity ?? 0;
  for (const template of templates) {
    for (let number = 1; number <= heldOut; number++) {
      const { goal } = drawInstance(template, number, 99);
      const found = await source.search(query(goal, []));
      asked++;
      if (found[0]?.templateId === template.id) hits++;
      own.push(similarity(found));
      others.push(similarity(await source.search(query(goal, [template.id]))));
    }
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return {
    name,
    value: round(hits / asked, 3),
    unit: "share",
    note:
      `n = ${asked} goals, ${stored} experiences of each of ${templates.length} templates; median similarity of the ` +
      `best ${round(middle(own))}, of the best of another template ${round(middle(others))}`,
  };
}
