import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { sh } from "../harness.ts";
import { phoneWithServer, startServer, type Reply, type Running } from "./support.ts";

let device: SimulatedDevice;
let server: Running;
beforeAll(async () => {
  device = await phoneWithServer();
  server = await startServer(device);
  await server.open();
});
beforeEach(() => sh(device, "am start -S -W -n com.android.settings/.Settings"));
afterAll(async () => {
  server.hangUp();
  await server.ended;
  device.close();
});

const perform = (...actions: object[]): Promise<Reply> => server.in("POST", "/actions", { actions });
const source = async (): Promise<string> => (await server.in("GET", "/source")).value as string;
const finger = (...actions: object[]): object => ({ type: "pointer", id: "finger", actions });
const move = (y: number, duration = 0): object => ({ type: "pointerMove", x: 540, y, duration });
const down = { type: "pointerDown" };
const up = { type: "pointerUp" };

test.each([
  ["no id", [{ type: "pointer", actions: [] }]],
  ["an id twice", [finger(), finger()]],
  ["no actions", [{ type: "key", id: "k" }]],
  ["an item without a type", [finger({})]],
  ["an item of another source", [{ type: "key", id: "k", actions: [down] }]],
  ["a move without a duration", [finger({ type: "pointerMove", x: 1, y: 1 })]],
  ["a negative pause", [finger({ type: "pause", duration: -1 })]],
  ["a finger down nowhere", [finger(down)]],
  ["a finger up nowhere", [finger(up)]],
  ["a finger down twice", [finger(move(9), down, down)]],
  ["two taps in no time", [finger(move(9), down, up, down, up)]],
  ["an unknown pointer", [{ ...finger(), parameters: { pointerType: "nose" } }]],
  [
    "a pointer type of a keyboard",
    [{ type: "key", id: "k", actions: [], parameters: { pointerType: "pen" } }],
  ],
  ["an empty key", [{ type: "key", id: "k", actions: [{ type: "keyDown", value: "" }] }]],
])("%s is refused before anything is touched", async (_what, actions) => {
  expect(await perform(...actions)).toMatchObject({
    status: 400,
    value: { error: "invalid argument" },
  });
});

test("an item before a cancel is taken back", async () => {
  const before = await source();
  await perform(finger(move(1000), down, { type: "pointerCancel" }, { type: "pause", duration: 20 }, up));
  expect(await source()).toBe(before);
});

test("a finger that jumps has not moved: what it went down on is tapped", async () => {
  const before = await source();
  await perform(finger(move(1800), down, { type: "pause", duration: 20 }, move(900), up));
  expect(await source()).not.toContain("homepage_title");
  await server.in("POST", "/back");
  expect(await source()).toBe(before);
  await perform(finger(move(1800), down, move(900, 300), up));
  expect(await source()).not.toBe(before);
});

test("times are rounded up to the beat of the events, which is 20 ms", async () => {
  const { clock } = device.phone;
  const took = async (duration: number): Promise<number> => {
    const before = clock.now();
    await perform({ type: "none", id: "n", actions: [{ type: "pause", duration }] });
    return clock.now() - before;
  };
  expect((await took(1001)) - (await took(1000))).toBe(20);
});

test("the null key and the keys of a number pad are keys", async () => {
  const keys = ["\uE000", "\uE025"].flatMap((value) => [
    { type: "keyDown", value },
    { type: "keyUp", value },
  ]);
  expect((await perform({ type: "key", id: "k", actions: keys })).status).toBe(200);
});
