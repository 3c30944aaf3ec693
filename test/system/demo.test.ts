import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { androidgen, lastJson } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

/** Two whole demos, one after the other, of some 17 s of a processor each. */
const twoDemosMs = 300_000;

afterEach(removeFolders);

test("the demo goes the whole way and ends with one JSON line", async () => {
  const out = path.join(await newFolder(), "demo");
  const args = ["demo", "--devices", "2", "--instances", "1", "--samples", "1", "--seed", "3", "--out", out];
  const result = await androidgen([...args, "--json"]);
  expect(result.code).toBe(0);
  expect(result.stdout.trimEnd().split("\n")).toHaveLength(1);
  const end = lastJson(result) as Record<string, number> & { db: string; dataset: string };
  expect(Object.keys(end)).toEqual([
    "episodes",
    "steps",
    "succeeded",
    "kept",
    "samples",
    "seconds",
    "db",
    "dataset",
  ]);
  expect(end["episodes"]).toBeGreaterThanOrEqual(16);
  expect(end["kept"]).toBeLessThanOrEqual(end["succeeded"]!);
  expect(end["kept"]).toBeGreaterThan(end["episodes"]! / 2);
  // Progress goes to standard error, a line for each episode.
  expect(result.stderr.match(/^[\d:]{8} \[\d+\/\d+\] /gm)).toHaveLength(end["episodes"]!);

  const rows = [];
  for (const name of ["train.json", "val.json"]) {
    rows.push(...(JSON.parse(await readFile(path.join(end.dataset, name), "utf8")) as unknown[]));
  }
  expect(rows).toHaveLength(end["samples"]!);
  expect(await readdir(path.dirname(end.db))).toEqual(
    expect.arrayContaining(["androidgen.db", "blobs", "dataset"]),
  );

  // What it wrote is a run like any other.
  const shown = await androidgen(["show", "--db", end.db, "--json"]);
  expect(lastJson(shown)).toMatchObject({
    suite: "demo",
    state: "finished",
    episodes: end["episodes"],
    open: 0,
  });

  const again = await androidgen(args);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("exists already");
});

test(
  "the same seed gives the same dataset to the byte, however many devices share the work",
  async () => {
    const folder = await newFolder();
    const datasets: string[] = [];
    const few = ["--instances", "1", "--samples", "1"];
    for (const devices of ["1", "3"]) {
      const out = path.join(folder, devices);
      const args = ["demo", "--devices", devices, ...few, "--out", out, "--json"];
      const { dataset } = lastJson(await androidgen(args)) as { dataset: string };
      datasets.push(await readFile(path.join(dataset, "train.json"), "utf8"));
    }
    expect(datasets[1]).toBe(datasets[0]);
  },
  twoDemosMs,
);
