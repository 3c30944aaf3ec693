import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { androidgen, lastJson, MAIN } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { runAndKill } from "../support/kill.ts";
import { readRows } from "../support/records.ts";
import { fixtureTest } from "../support/require.ts";
import { exitLine, madeLine, writeTrace } from "../import/support.ts";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = await newFolder();
  db = path.join(folder, "androidgen.db");
});

afterEach(removeFolders);

/** Traces of two steps, each with one defect. */
async function writeTraces(count: number): Promise<string> {
  const traces = path.join(folder, "traces");
  for (let i = 0; i < count; i++) {
    const goal = { instruction: `Go to page ${i}` };
    await writeTrace(path.join(traces, `t${i}`), [madeLine({ ...goal, app: "as}" }), exitLine(1, goal)], 0);
  }
  return traces;
}

/** Whether every episode is there with all its steps; gives how many there are. */
function expectWholeEpisodes(): number {
  const episodes = readRows<{ steps: number; recorded: number; state: string }>(
    db,
    `SELECT steps, state, (SELECT count(*) FROM step WHERE episode_id = episode.id) AS recorded FROM episode`,
  );
  for (const { steps, recorded, state } of episodes) {
    expect({ steps, recorded, state }).toEqual({ steps: 2, recorded: 2, state: "succeeded" });
  }
  const once = "SELECT count(DISTINCT instance_id) AS count FROM episode";
  expect(readRows(db, once)).toEqual([{ count: episodes.length }]);
  return episodes.length;
}

test("recordings come in over the command line, are shown, and come in once", async () => {
  const traces = await writeTraces(2);
  const first = await androidgen(["import", traces, "--db", db]);
  expect(first.code).toBe(0);
  // Two steps each, and no picture of any.
  expect(first.stdout).toContain('t0/record.jsonl:1: app-name: "as}" is no name of an app; left out');
  expect(first.stdout).toContain("imported 2 episodes with 4 steps; 4 replies read as recorded, 0 differ");
  expect(first.stdout).not.toContain(folder);

  const again = await androidgen(["import", traces, "--db", db, "--json"]);
  expect(again.stdout).toBe('{"episodes":0,"steps":0,"agreed":0,"differed":0,"defects":0,"known":2}\n');

  const runs = await androidgen(["show", "--db", db]);
  expect(runs.stdout).toMatch(/traces\s+imported\s+finished\s+2\s+2\s+0/u);
  const { id } = JSON.parse((await androidgen(["show", "--db", db, "--json"])).stdout) as { id: string };
  const episode = await androidgen(["show", `${id}-1-1`, "--db", db]);
  expect(episode.stdout).toContain('action:  do(action="Click", element_id="1")');
  // How long a step took was not recorded.
  expect(episode.stdout).toMatch(/^step 1 .*plan \d+\/\d+$/mu);
  const resumed = await androidgen(["run", "--resume", id, "--db", db]);
  expect(resumed).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/imported.*androidgen import SOURCE/u),
  });
  const score = await androidgen(["score", "--db", db]);
  expect(score.stdout).toContain("0 of 2 finished episodes kept");
  expect(score.stdout).toContain(
    `2 of them have no checks, and nobody has judged them; ask a critic: androidgen score --run ${id} --critic`,
  );
});

test("what cannot be imported is said, with exit code 2", async () => {
  const none = await androidgen(["import", path.join(folder, "none"), "--db", db]);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("There is nothing to import at") });
  const format = await androidgen(["import", folder, "--format", "videos", "--db", db]);
  expect(format.code).toBe(2);
});

test("an import that is killed leaves whole episodes, and the next one adds the rest", async () => {
  const count = 60;
  const args = [MAIN, "import", await writeTraces(count), "--db", db, "--json"];
  for (const due of [8, 40]) {
    const { signal } = await runAndKill(args, (lines) => lines.length >= due, 3);
    expect(signal).toBe("SIGKILL");
    expect(expectWholeEpisodes()).toBeLessThan(count);
  }
  const before = expectWholeEpisodes();
  const rest = await androidgen(args.slice(1));
  expect(lastJson(rest)).toMatchObject({ episodes: count - before, known: before });
  expect(expectWholeEpisodes()).toBe(count);
});

test("Ctrl-C stops it after the episodes that are whole", async () => {
  const traces = await writeTraces(40);
  let sent = false;
  const stopped = await androidgen(["import", traces, "--db", db], {
    onLine: (_, child) => {
      if (!sent) child.kill("SIGINT");
      sent = true;
    },
  });
  expect(stopped.code).toBe(130);
  const before = expectWholeEpisodes();
  expect(before).toBeLessThan(40);
  const rest = await androidgen(["import", traces, "--db", db, "--json"]);
  expect(lastJson(rest)).toMatchObject({ episodes: 40 - before });
});

fixtureTest("androidgen-traces", (root) => {
  test("the recorded traces come in with every known defect, and every reply is read as it was", async () => {
    const { code, stdout } = await androidgen(["import", root, "--db", db, "--json"]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1)!)).toEqual({
      episodes: 5,
      steps: 42,
      agreed: 42,
      differed: 0,
      defects: 14,
    });
    expect(JSON.parse(lines.at(-2)!)).toEqual({ run: expect.any(String) });
    expect(lines.slice(0, -2).every((line) => line.startsWith('{"defect":'))).toBe(true);
    expect(lines).toHaveLength(16);
    expect(stdout).not.toContain(root);
  });
});
