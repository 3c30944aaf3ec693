import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { childrenOf, firstChildOf, gone } from "../support/children.ts";
import { cleanEnv, MAIN } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { appiumTest, describeWith } from "../support/require.ts";

afterEach(removeFolders);

/** Starts a command that starts simulated devices, and stops it when `due` is printed, or as soon as they start. */
async function stop(
  command: readonly string[],
  signal: NodeJS.Signals,
  due: RegExp | "start",
  env: Record<string, string> = {},
) {
  const folder = await newFolder();
  const temporary = path.join(folder, "tmp");
  await mkdir(temporary);
  const args = command.map((word) => (word === "OUT" ? path.join(folder, "out") : word));
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: cleanEnv({ HOME: folder, TMPDIR: temporary, ...env }),
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
  await firstChildOf(child.pid!);
  if (due !== "start") await arrived;
  const children = await childrenOf(child.pid!);
  child.kill(signal);
  const [code, by] = await ended;
  for (const pid of children) await gone(pid);
  // Locks stay: a file that is removed while somebody waits for it would be locked by two.
  const left = (await readdir(temporary)).filter((name) => !name.startsWith("androidgen-locks-"));
  return { end: code ?? by, temporary: left, printed, children: children.length };
}

describeWith("/proc, to see the children of a process", existsSync("/proc/self/stat"), () => {
  const demo = ["demo", "--out", "OUT"];
  const check = ["tasks", "check", "tasks/demo.yaml", "--only", "wifi", "bluetooth", "brightness"];

  test.each<[string, NodeJS.Signals, readonly string[], RegExp | "start"]>([
    ["demo at work", "SIGINT", demo, / \[1\//],
    ["demo at work", "SIGTERM", demo, / \[1\//],
    ["tasks check at its start", "SIGINT", check, "start"],
    ["tasks check at its start", "SIGTERM", check, "start"],
    ["tasks check at work", "SIGINT", check, / \[1\//],
  ])("%s, stopped by %s, leaves no process and no temporary folder", async (_name, signal, command, due) => {
    const { end, temporary, printed } = await stop(command, signal, due);
    expect({ end, temporary }).toEqual({ end: 130, temporary: [] });
    expect(printed).toMatch(/^stopped/m);
  });

  test.each<[string, readonly string[], RegExp | "start"]>([
    ["demo at its start", demo, "start"],
    ["demo at work", demo, / \[1\//],
    ["tasks check at work", check, / \[1\//],
  ])("%s that is killed leaves no process", async (_name, command, due) => {
    const { end, printed } = await stop(command, "SIGKILL", due);
    expect(end).toBe("SIGKILL");
    expect(printed).not.toContain("Error");
  });
});

appiumTest("Appium, to see that it ends with who started it", ({ androidHome }) => {
  const demo = ["demo", "--driver", "appium", "--devices", "2", "--out", "OUT"];

  test.each<[NodeJS.Signals, number | string]>([
    ["SIGINT", 130],
    ["SIGKILL", "SIGKILL"],
  ])("a demo stopped by %s leaves neither phones nor Appium", async (signal, end) => {
    const result = await stop(demo, signal, / \[1\//, { ANDROID_HOME: androidHome });
    // The phones and Appium.
    expect(result.children).toBe(2);
    expect(result.end).toBe(end);
    if (signal !== "SIGKILL") expect(result.temporary).toEqual([]);
  });
});
