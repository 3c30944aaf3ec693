import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AppiumParts } from "./require.ts";
import { freePort } from "./ports.ts";

const require = createRequire(import.meta.url);

/** A real Appium server with the UiAutomator2 driver of this project's own dependencies. */
export interface AppiumServer {
  port: number;
  /** What it has printed so far, for a test that fails. */
  log(): string;
  close(): Promise<void>;
}

/** @param folder is where it may write. */
export async function startAppium({ androidHome }: AppiumParts, folder: string): Promise<AppiumServer> {
  const port = await freePort();
  const main = require.resolve("appium");
  const args = ["--address", "127.0.0.1", "--port", String(port), "--log-no-colors"];
  const allowed = ["--allow-insecure", "uiautomator2:adb_shell"];
  const child = spawn(process.execPath, [main, "server", ...args, ...allowed], {
    cwd: folder,
    // Appium looks for drivers in the node_modules of its home.
    env: {
      ...process.env,
      APPIUM_HOME: join(import.meta.dirname, "../.."),
      ANDROID_HOME: androidHome,
      TMPDIR: folder,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  }
  const close = (): Promise<void> => stop(child);
  try {
    await answering(port, child, () => printed);
  } catch (error) {
    await close();
    throw error;
  }
  return { port, log: () => printed, close };
}

/** APKs that the driver brings along: its server, the server's test, and the settings app. */
export function driverApks(): { server: string; test: string; settings: string } {
  const driver = createRequire(require.resolve("appium-uiautomator2-driver/package.json"));
  const server = dirname(driver.resolve("appium-uiautomator2-server/package.json"));
  const { version } = driver("appium-uiautomator2-server/package.json") as { version: string };
  const settings = dirname(driver.resolve("io.appium.settings/package.json"));
  return {
    server: join(server, "apks", `appium-uiautomator2-server-v${version}.apk`),
    test: join(server, "apks/appium-uiautomator2-server-debug-androidTest.apk"),
    settings: join(settings, "apks/settings_apk-debug.apk"),
  };
}

async function answering(port: number, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/status`)).ok) return;
    } catch (error) {
      // It does not listen yet.
      if (child.exitCode !== null) throw new Error(`Appium has ended: ${log()}`, { cause: error });
      if (performance.now() > deadline) throw new Error(`Appium does not answer: ${log()}`, { cause: error });
    }
    await sleep(100);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}
