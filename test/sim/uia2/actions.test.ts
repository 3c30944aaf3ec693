import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { sh } from "../harness.ts";
import { openFileDialog, phoneWithServer, startServer, type Reply, type Running } from "./support.ts";

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
  ["an unknown item", [finger({ type: "jump" })]],
  ["an unknown source", [{ type: "wheel", id: "w", actions: [] }]],
  ["half a place", [finger({ type: "pointerMove", x: 1, duration: 0 })]],
  ["a pause without a duration", [finger({ type: "pause" })]],
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
  const before = await server.source();
  await perform(finger(move(1000), down, { type: "pointerCancel" }, { type: "pause", duration: 20 }, up));
  expect(await server.source()).toBe(before);
});

test("a finger that jumps has not moved: what it went down on is tapped", async () => {
  const before = await server.source();
  await perform(finger(move(1800), down, { type: "pause", duration: 20 }, move(900), up));
  expect(await server.source()).not.toContain("homepage_title");
  await server.in("POST", "/back");
  expect(await server.source()).toBe(before);
  await perform(finger(move(1800), down, move(900, 300), up));
  expect(await server.source()).not.toBe(before);
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

test("fingers act one after the other; at once they zoom, which no app knows", async () => {
  const before = await server.source();
  const stroke = (id: string, from: number, to: number, waits: number): object => ({
    type: "pointer",
    id,
    parameters: { pointerType: "touch" },
    actions: [
      { type: "pause", duration: waits },
      { type: "pointerMove", duration: 0, x: 540, y: from },
      { type: "pointerDown" },
      { type: "pointerMove", duration: 200, x: 540, y: to },
      { type: "pointerUp" },
    ],
  });
  const spread = [stroke("one", 1000, 400, 0), stroke("two", 1200, 1800, 100)];
  expect((await perform(...spread)).status).toBe(200);
  expect(await server.source()).toBe(before);
  const twice = [stroke("one", 1800, 1300, 0), stroke("two", 1800, 1600, 200)];
  await perform(...twice);
  expect(await server.source()).not.toBe(before);
});

test("a character without a key cannot be typed by actions", async () => {
  await openFileDialog(server);
  const actions = [{ type: "keyDown", value: "é" }];
  expect(await perform({ type: "key", id: "k", actions })).toMatchObject({
    status: 400,
    value: { error: "invalid argument", message: expect.stringContaining("out of '233' key code") },
  });
});

test("keys of a W3C keyboard reach the focused field, with their modifiers", async () => {
  const field = await openFileDialog(server);
  await server.in("POST", `/element/${field}/clear`);
  const press = (key: string): object[] => [
    { type: "keyDown", value: key },
    { type: "keyUp", value: key },
  ];
  const control = "\uE009";
  const actions = [
    ...press("a"),
    ...press("B"),
    { type: "keyDown", value: control },
    ...press("a"),
    ...press("c"),
    { type: "keyUp", value: control },
    ...press("\uE003"),
    ...press("x"),
  ];
  await perform({ type: "key", id: "k", actions });
  expect((await server.in("GET", `/element/${field}/text`)).value).toBe("x");
  expect(device.phone.clipboard.get()).toBe("aB");
});
