import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { androidGenCode, type ApiArguments } from "../../src/action/index.ts";
import { createAndroidGenAgent } from "../../src/agent/index.ts";
import { allowed, loadApis, offered, performApi } from "../../src/api/index.ts";
import type { Device } from "../../src/device/index.ts";
import { runEpisode } from "../../src/episode/index.ts";
import type { ChatModel } from "../../src/llm/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { TaskInstance } from "../../src/task/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type DrivenDevice, driveSimulatedDevice } from "./adb-support.ts";

const apis = await loadApis("emulators/apis");

const clockData =
  "/data/user_de/0/com.google.android.deskclock/shared_prefs/com.google.android.deskclock_preferences.xml";

describe("app interfaces of a simulated phone, over adb", () => {
  let driven: DrivenDevice;
  let device: Device;

  beforeAll(async () => {
    driven = await driveSimulatedDevice();
    device = driven.device;
  });

  beforeEach(() => device.snapshots!.load("clean"));

  afterAll(async () => {
    await driven.close();
    await removeFolders();
  });

  const call = (name: string, args: ApiArguments = {}) =>
    performApi(device, apis, { type: "callApi", name, args });

  const said = async (...argv: string[]) => (await device.shell(argv)).stdout.trim();
  const setting = (namespace: string, key: string) => said("settings", "get", namespace, key);

  /** What the screen says, and what its fields hold. */
  async function texts(): Promise<string[]> {
    const { elements } = await device.screen();
    return elements.flatMap(({ text }) => text.split("\n"));
  }

  test("are offered where their app is there", async () => {
    const names = offered(apis, await device.apps()).map(({ name }) => name);
    expect(names).toEqual(apis.map(({ name }) => name));
  });

  test.each<[string, string, string, string, string]>([
    ["settings.set-wifi", "off", "global", "wifi_on", "0"],
    ["settings.set-wifi", "on", "global", "wifi_on", "1"],
    ["settings.set-bluetooth", "off", "global", "bluetooth_on", "0"],
    ["settings.set-bluetooth", "on", "global", "bluetooth_on", "1"],
    ["settings.set-airplane-mode", "on", "global", "airplane_mode_on", "1"],
    ["settings.set-airplane-mode", "off", "global", "airplane_mode_on", "0"],
    ["settings.set-dark-theme", "on", "secure", "ui_night_mode", "2"],
    ["settings.set-dark-theme", "off", "secure", "ui_night_mode", "1"],
    ["settings.set-adaptive-brightness", "on", "system", "screen_brightness_mode", "1"],
    ["settings.set-adaptive-brightness", "off", "system", "screen_brightness_mode", "0"],
  ])("%s switches %s", async (name, state, namespace, key, value) => {
    expect(await call(name, { state })).toMatchObject({ ok: true });
    expect(await setting(namespace, key)).toBe(value);
  });

  test("settings are written and read", async () => {
    expect(await call("settings.set-brightness", { level: 200 })).toEqual({ ok: true });
    expect(await call("settings.get-brightness")).toEqual({ ok: true, output: "200" });
    expect(await call("settings.set-screen-timeout", { milliseconds: 60_000 })).toEqual({ ok: true });
    expect(await call("settings.get-screen-timeout")).toEqual({ ok: true, output: "60000" });
    expect(await call("settings.set-brightness", { level: 256 })).toMatchObject({ ok: false });
    expect(await call("settings.get-brightness")).toEqual({ ok: true, output: "200" });
  });

  test("an alarm is set, with whatever label", async () => {
    const label = "--ez 'Gym' \"a\" $(reboot)";
    expect(await call("clock.set-alarm", { hour: 7, minutes: 5, label })).toEqual({ ok: true });
    const screen = await device.screen();
    expect(screen.package).toBe("com.google.android.deskclock");
    const shown = (await texts()).join("\n");
    expect(shown).toContain("7:05");
    expect(shown).toContain(label);
  });

  test("a timer is started", async () => {
    expect(await call("clock.set-timer", { seconds: 90, label: "Eggs" })).toEqual({ ok: true });
    // A screen that counts down never rests, so that there is no tree of it.
    const kept = (await device.pull(clockData)).toString();
    expect(kept).toMatch(/name="timer_setup_timet_\d+" value="90000"/u);
    expect(kept).toMatch(/name="timer_state_\d+" value="1"/u);
    expect(kept).toContain(">Eggs<");
  });

  test("a contact is filled in and not saved; contacts are found by a part of their name", async () => {
    const before = await call("contacts.find-phones");
    const args = { name: "Zoe O'Brien", phone: "+1 (555) 010-0199", email: "zoe@example.com" };
    expect(await call("contacts.compose", args)).toEqual({ ok: true });
    const shown = await texts();
    expect(shown).toEqual(expect.arrayContaining(["Zoe", "O'Brien", "zoe@example.com"]));
    expect(await call("contacts.find-phones")).toEqual(before);

    const all = (before as { output: string }).output;
    const [, first] = /display_name=([^,]+), data1=/u.exec(all)!;
    const found = (await call("contacts.find-phones", { name: first! })) as { output: string };
    expect(found.output).toContain(`display_name=${first}`);
    expect(found.output.length).toBeLessThan(all.length);
    for (const name of ["' OR '1'='1", "%", "_", "\\"]) {
      expect(await call("contacts.find-phones", { name })).toEqual({ ok: true, output: "No result found." });
    }
  });

  test("a message is filled in and not sent; those that came in are read", async () => {
    const sent = await said("content", "query", "--uri", "content://sms/sent", "--projection", "body");
    const text = "See you at 5; bring $5 & 'cake'";
    expect(await call("sms.compose", { number: "+15550100", text })).toEqual({ ok: true });
    expect(await texts()).toContain(text);
    expect(await said("content", "query", "--uri", "content://sms/sent", "--projection", "body")).toBe(sent);

    const at = "5550177";
    await device.shell([
      "content",
      "insert",
      "--uri",
      "content://sms/inbox",
      "--bind",
      `address:s:${at}`,
      "--bind",
      "body:s:The code is 7: go",
      "--bind",
      "date:l:1697383800000",
    ]);
    expect(await call("sms.read-inbox", { number: at })).toEqual({
      ok: true,
      output: `Row: 0 address=${at}, date=1697383800000, body=The code is 7: go`,
    });
    expect(await call("sms.read-inbox", { number: "' OR 1=1 --" })).toEqual({
      ok: true,
      output: "No result found.",
    });
  });

  test("an event is filled in, at the phone's own time, and not saved", async () => {
    const args = { title: "Dentist, or not", start: "2023-10-20T15:30", end: "2023-10-20T16:15" };
    expect(await call("calendar.compose", { ...args, location: "Room 7" })).toEqual({ ok: true });
    const shown = await texts();
    expect(shown).toEqual(expect.arrayContaining(["Dentist, or not", "Room 7"]));
    expect(shown.join("\n")).toMatch(/15:30|3:30 PM/u);
    expect(shown.join("\n")).toMatch(/16:15|4:15 PM/u);
  });

  test.each<[string, ApiArguments]>([
    ["web.open", { address: "https://example.com/?q=a b" }],
    ["phone.dial", { number: "+15550100" }],
  ])("%s is refused, in the phone's own words, where no app takes it", async (name, args) => {
    expect(await call(name, args)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/Activity not started, unable to resolve Intent/u),
    });
  });

  test("an agent finishes a task by one, where it is allowed", async () => {
    const store = await openStore(path.join(await newFolder(), "api.db"));
    const instance = alarmTask;
    const run = await store.runs.create({
      suite: { name: "alarms", sha256: "0" },
      seed: 1,
      samples: 1,
      settings: {},
      instances: [instance],
      episodes: [1, 2].map((sample) => ({ instanceId: instance.id, sample, seed: sample })),
    });
    const episodes = await store.episodes.list(run.id);
    const outcomes = [];
    for (const [i, permissions] of [["alarms.write"], []].entries()) {
      const episode = episodes[i]!;
      await device.snapshots!.load("clean");
      await store.episodes.start(episode.id, device.info.serial);
      const agent = createAndroidGenAgent({
        model: scriptedModel([
          'call_api(name="clock.set-alarm", args={"hour": 6, "minutes": 40, "label": "Swim"})',
          'exit(message="The alarm is set.")',
        ]),
        codec: androidGenCode,
        modules: { expSearch: false, reflectPlan: false, autoCheck: true },
      });
      const stop = new AbortController().signal;
      const allowedApis = allowed(apis, permissions);
      outcomes.push(await runEpisode({ episode, instance, device, agent, apis: allowedApis, store, stop }));
    }
    expect(outcomes).toEqual([
      { state: "succeeded", steps: 2 },
      { state: "failed", steps: 2 },
    ]);
    expect((await store.steps.list(episodes[1]!.id))[0]!.refusal).toMatchObject({ rule: "api-offered" });
    expect(await store.steps.objections(run.id)).toEqual({ refusals: { "api-offered": 1 }, findings: {} });
    await store.close();
  });
});

/** Answers with these lines of code, one after the other. */
function scriptedModel(lines: readonly string[]): ChatModel {
  const left = [...lines];
  return {
    async complete() {
      const text = `Analysis: as told.\nOperation:\n\`\`\`\n${left.shift()}\n\`\`\``;
      const usage = { promptTokens: 1, completionTokens: 1 };
      return { text, model: "scripted", usage, latencyMs: 0, attempts: 1 };
    },
  };
}

const alarmTask: TaskInstance = {
  id: "alarm#1",
  templateId: "alarm",
  number: 1,
  seed: 1,
  params: {},
  goal: "Set an alarm for 6:40 AM.",
  setup: [],
  checks: [
    {
      sqlite: {
        db: "/data/user_de/0/com.google.android.deskclock/databases/alarms.db",
        query: "SELECT count(*) FROM alarm_templates WHERE enabled = 1 AND hour = 6 AND minutes = 40",
        equals: 1,
      },
    },
  ],
  budget: 4,
  apps: ["Clock"],
  tags: [],
};
