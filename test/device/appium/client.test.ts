import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { asDeviceError, failureOf } from "../../../src/device/appium/failure.ts";
import { type Answer, FakeW3c } from "./fake-w3c.ts";

let fake: FakeW3c;
beforeEach(async () => {
  fake = await FakeW3c.start();
});
afterEach(() => fake.close());

test("each touch is one call of one finger", async () => {
  const client = await fake.open();
  await client.finger([
    { type: "pointerMove", x: 10, y: 20, duration: 0 },
    { type: "pointerDown" },
    { type: "pause", duration: 50 },
    { type: "pointerUp" },
  ]);
  expect(fake.calls).toEqual([
    {
      what: "POST /actions",
      body: {
        actions: [
          {
            type: "pointer",
            id: "finger",
            parameters: { pointerType: "touch" },
            actions: [
              { type: "pointerMove", x: 10, y: 20, duration: 0 },
              { type: "pointerDown", button: 0 },
              { type: "pause", duration: 50 },
              { type: "pointerUp", button: 0 },
            ],
          },
        ],
      },
    },
  ]);
});

test("a text is set as a whole, byte for byte", async () => {
  const client = await fake.open();
  const text = 'it\'s "$(reboot)"\n👩‍👩‍👧 مرحبا %s';
  await client.setText("e1", text);
  expect(fake.calls[0]!.body).toEqual({
    script: "mobile: replaceElementValue",
    args: [{ elementId: "e1", text }],
  });
});

test("the clipboard goes as base64", async () => {
  const client = await fake.open();
  fake.answers.push({ value: Buffer.from("写 👍").toString("base64") });
  expect(await client.getClipboard()).toBe("写 👍");
  await client.setClipboard("写 👍");
  expect(fake.calls[1]!.body).toMatchObject({
    args: [{ content: Buffer.from("写 👍").toString("base64"), contentType: "plaintext" }],
  });
});

describe("the focused field", () => {
  test("comes with what is asked of it", async () => {
    const client = await fake.open();
    fake.answers.push({
      value: {
        "element-6066-11e4-a52e-4f735466cecf": "e7",
        ELEMENT: "e7",
        text: "Search",
        "attribute/class": "android.widget.EditText",
        "attribute/resource-id": "app:id/field",
        "attribute/hint": "Search",
        "attribute/password": "false",
        rect: { x: 10, y: 200, width: 500, height: 80 },
      },
    });
    expect(await client.focused()).toEqual({
      id: "e7",
      className: "android.widget.EditText",
      resourceId: "app:id/field",
      text: "Search",
      hint: "Search",
      password: false,
      bounds: { left: 10, top: 200, right: 510, bottom: 280 },
    });
  });

  test("may not be there", async () => {
    const client = await fake.open();
    fake.answers.push({ status: 404, error: "no such element", message: "An element could not be located" });
    expect(await client.focused()).toBeUndefined();
  });
});

/** Answers as Appium 3.8 and its UiAutomator2 driver 8.7 give them. */
const failures: [string, Answer, ReturnType<typeof failureOf>["kind"], string][] = [
  [
    "a session that Appium does not know",
    { status: 404, error: "invalid session id", message: "A session is either terminated or not started" },
    "unsent",
    "SESSION_LOST",
  ],
  [
    "instrumentation that has ended before",
    {
      status: 500,
      error: "unknown error",
      message:
        "'POST /actions' cannot be proxied to UiAutomator2 server because the instrumentation process is not running (probably crashed). Check the server log and/or the logcat output for more details",
    },
    "unsent",
    "SESSION_LOST",
  ],
  [
    "a server on the device that cannot be connected to",
    {
      status: 500,
      error: "unknown error",
      message:
        "Could not proxy command to the remote server. Original error: connect ECONNREFUSED 127.0.0.1:8200",
    },
    "unsent",
    "SESSION_LOST",
  ],
  [
    "a server on the device that dies at the call",
    {
      status: 500,
      error: "unknown error",
      message: "Could not proxy command to the remote server. Original error: socket hang up",
    },
    "unsure",
    "SESSION_LOST",
  ],
  [
    "a server on the device that hangs",
    {
      status: 500,
      error: "unknown error",
      message: "Could not proxy command to the remote server. Original error: timeout of 30000ms exceeded",
    },
    "late",
    "DEVICE_TIMEOUT",
  ],
  [
    "instrumentation that has lost the screen",
    {
      status: 500,
      error: "unknown error",
      message: "java.lang.IllegalStateException: UiAutomation not connected!",
    },
    "unsure",
    "SESSION_LOST",
  ],
  [
    "instrumentation that has lost the screen, as the server on the device puts it",
    {
      status: 500,
      error: "unknown error",
      message:
        "Cannot invoke method android.app.UiAutomation androidx.test.uiautomator.UiDevice.getUiAutomation() on object androidx.test.uiautomator.UiDevice@578ff17 with parameters []",
    },
    "unsure",
    "SESSION_LOST",
  ],
  [
    "a session that ended while the call was on its way",
    { status: 500, error: "unknown error", message: "The session with id 'e6a1' does not exist" },
    "unsent",
    "SESSION_LOST",
  ],
  [
    "a refusal of the device",
    { status: 400, error: "invalid element state", message: "Cannot set the element to 'x'." },
    "refused",
    "APPIUM_REFUSED",
  ],
  ["an Appium that dies at the call", "cut the connection", "unsure", "APPIUM_UNREACHABLE"],
];

describe("failures", () => {
  test.each(failures)("%s", async (_, answer, kind, code) => {
    const client = await fake.open();
    fake.answers.push(answer);
    const error: unknown = await client.pressKey(4).catch((caught: unknown) => caught);
    expect(failureOf(error).kind).toBe(kind);
    expect(asDeviceError(error, "pressing a key")).toMatchObject({ code, class: "infra" });
    // Repeating is not for the HTTP client to decide.
    expect(fake.calls).toHaveLength(1);
  });

  test("no answer in time", async () => {
    const client = await fake.open(50);
    fake.answers.push("never answer");
    const error: unknown = await client.source().catch((caught: unknown) => caught);
    expect(failureOf(error).kind).toBe("late");
    expect(asDeviceError(error, "reading the tree")).toMatchObject({ code: "DEVICE_TIMEOUT" });
  });

  test("an Appium that is not there", async () => {
    const client = await fake.open();
    await fake.close();
    const error: unknown = await client.source().catch((caught: unknown) => caught);
    expect(failureOf(error).kind).toBe("unsent");
    expect(asDeviceError(error, "reading the tree")).toMatchObject({ code: "APPIUM_UNREACHABLE" });
  });

  test("are told in one line, in Appium's words", async () => {
    const client = await fake.open();
    fake.answers.push({
      status: 400,
      error: "invalid argument",
      message: `two\n   lines ${"x".repeat(900)}`,
    });
    const error: unknown = await client.pressKey(4).catch((caught: unknown) => caught);
    const { message } = asDeviceError(error, "pressing a key");
    expect(message).toMatch(/^pressing a key: two lines xxx.*…$/);
    expect(message.length).toBeLessThan(350);
  });
});
