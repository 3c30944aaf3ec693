import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { firstChildOf, gone } from "../support/children.ts";
import { cleanEnv, MAIN } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { describeWith } from "../support/require.ts";

afterEach(removeFolders);

/** Starts a command that starts simulated devices, and stops it when `due` is printed, or as soon as they start. */
async function stop(command: readonly string[], signal: NodeJS.Signals, due: RegExp | "start") {
  const folder = await newFolder();
  const temporary = path.join(folder, "tmp");
  await mkdir(temporary);
  const args = command.map((word) => (word === "OUT" ? path.join(folder, "out") : word));
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: cleanEnv({ HOME: folder, TMPDIR: temporary }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  let printed = "";
  const arrived = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        if (due !== "start" && due.test(printed)) resolve();
      });
    }
  });
  const simulation = await firstChildOf(child.pid!);
  if (due !== "start") await arrived;
  child.kill(signal);
  const [code, by] = await ended;
  await gone(simulation);
  return { end: code ?? by, temporary: await readdir(temporary), printed };
}

describeWith("/proc, to see the children of a process", existsSync("/proc/self/stat"), () => {
  const demo = ["demo", "--out", "OUT"];
  const check = ["tasks", "check", "tasks/demo.yaml", "--only", "wifi", "bluetooth", "brightness"];

  test.each<[string, NodeJS.Signals, readonly string[], RegExp | "start"]>([
    ["demo at work", "SIGINT", demo, /^\[1\//m],
    ["demo at work", "SIGTERM", demo, /^\[1\//m],
    ["tasks check at its start", "SIGINT", check, "start"],
    ["tasks check at its start", "SIGTERM", check, "start"],
    ["tasks check at work", "SIGINT", check, /^\[1\//m],
  ])("%s, stopped by %s, leaves no process and no temporary folder", async (_name, signal, command, due) => {
    const { end, temporary, printed } = await stop(command, signal, due);
    expect({ end, temporary }).toEqual({ end: 130, temporary: [] });
    expect(printed).toMatch(/^stopped/m);
  });

  test.each<[string, readonly string[], RegExp | "start"]>([
    ["demo at its start", demo, "start"],
    ["demo at work", demo, /^\[1\//m],
    ["tasks check at work", check, /^\[1\//m],
  ])("%s that is killed leaves no process", async (_name, command, due) => {
    const { end, printed } = await stop(command, "SIGKILL", due);
    expect(end).toBe("SIGKILL");
    expect(printed).not.toContain("Error");
  });
});
