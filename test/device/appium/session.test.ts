import { expect, test } from "@jest/globals";
import { configError, infraError } from "../../../src/errors.ts";
import type { Client } from "../../../src/device/appium/client.ts";
import { keepSession, type SessionOptions } from "../../../src/device/appium/session.ts";

/** Sessions by number; what is done with them is written down. */
function fakeSessions(options: Partial<SessionOptions> = {}) {
  const log: string[] = [];
  let opened = 0;
  const session = keepSession({
    serial: "emulator-5554",
    open: async () => {
      const number = ++opened;
      log.push(`open ${number}`);
      return {
        source: async () => `tree ${number}`,
        end: async () => void log.push(`end ${number}`),
      } as Client;
    },
    cutOff: async () => void log.push("cut off"),
    oldestMs: 60_000,
    mostCalls: 1000,
    ...options,
  });
  return { session, log };
}

function webDriverError(name: string, message: string): Error {
  return Object.assign(new Error(`WebDriverError: ${message} when running "x" with method "GET"`), { name });
}
const lost = () => webDriverError("invalid session id", "A session is either terminated or not started");
const hungUp = () =>
  webDriverError(
    "unknown error",
    "Could not proxy command to the remote server. Original error: socket hang up",
  );
const refused = () => webDriverError("invalid element state", "Cannot set the element");

/** Fails as often as there are errors, then does it. */
function failing(...errors: Error[]) {
  let done = 0;
  const call = async (client: Client): Promise<string> => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    done++;
    return client.source();
  };
  return { call, done: () => done };
}

test("a look is repeated on a new session", async () => {
  for (const error of [lost(), hungUp()]) {
    const { session, log } = fakeSessions();
    expect(await session.read("looking", failing(error).call)).toBe("tree 2");
    expect(log).toEqual(["open 1", "cut off", "end 1", "open 2"]);
  }
});

test("a look that finds two sessions dead is given up", async () => {
  const { session } = fakeSessions();
  const looking = session.read("looking", failing(lost(), lost()).call);
  await expect(looking).rejects.toMatchObject({ code: "SESSION_LOST", class: "infra" });
  await expect(looking).rejects.toThrow("looking on emulator-5554");
});

test("a touch that cannot have reached the device is made on a new session, once", async () => {
  const { session, log } = fakeSessions();
  const touch = failing(lost());
  await session.act("tapping", async (client) => void (await touch.call(client)));
  expect(touch.done()).toBe(1);
  expect(log).toContain("open 2");
});

test("a touch that may have been made is never made again", async () => {
  for (const error of [hungUp(), webDriverError("unknown error", "timeout of 30000ms exceeded")]) {
    const { session, log } = fakeSessions();
    const touch = failing(error);
    const tapping = session.act("tapping", async (client) => void (await touch.call(client)));
    await expect(tapping).rejects.toMatchObject({ code: "ACTION_UNSURE", class: "infra" });
    expect(touch.done()).toBe(0);
    expect(log).toEqual(["open 1"]);
    // The next call has a session again.
    expect(await session.read("looking", (client) => client.source())).toBe("tree 2");
  }
});

test("a refusal leaves the session as it is", async () => {
  const { session, log } = fakeSessions();
  await expect(session.read("setting a text", failing(refused()).call)).rejects.toMatchObject({
    code: "APPIUM_REFUSED",
  });
  await expect(
    session.act("tapping", async (c) => void (await failing(refused()).call(c))),
  ).rejects.toMatchObject({
    code: "APPIUM_REFUSED",
  });
  expect(log).toEqual(["open 1"]);
});

test("calls at the same time share one recovery", async () => {
  const { session, log } = fakeSessions();
  const looks = [failing(lost()), failing(lost()), failing(lost())];
  expect(await Promise.all(looks.map(({ call }) => session.read("looking", call)))).toEqual([
    "tree 2",
    "tree 2",
    "tree 2",
  ]);
  expect(log).toEqual(["open 1", "cut off", "end 1", "open 2"]);
});

test("a session that is worn out is closed in order between two calls", async () => {
  const { session, log } = fakeSessions({ mostCalls: 2 });
  for (let n = 0; n < 3; n++) await session.read("looking", (client) => client.source());
  expect(log).toEqual(["open 1", "end 1", "open 2"]);
  const old = fakeSessions({ oldestMs: -1 });
  for (let n = 0; n < 2; n++) await old.session.read("looking", (client) => client.source());
  expect(old.log).toEqual(["open 1", "end 1", "open 2"]);
});

test("a session in use is not closed for its age", async () => {
  const { session, log } = fakeSessions({ mostCalls: 1 });
  await session.read("looking", async () => {
    await session.read("looking", (client) => client.source());
  });
  expect(log).toEqual(["open 1"]);
});

test("a forgotten session is replaced at the next call", async () => {
  const { session, log } = fakeSessions();
  await session.read("looking", (client) => client.source());
  session.forget();
  expect(await session.read("looking", (client) => client.source())).toBe("tree 2");
  expect(log).toEqual(["open 1", "cut off", "end 1", "open 2"]);
});

test("a device that goes away while a session is opened is given a second chance", async () => {
  for (const code of ["DEVICE_GONE", "ADB_UNREACHABLE"]) {
    const attempts: number[] = [];
    const { session } = fakeSessions({
      open: async (attempt) => {
        attempts.push(attempt);
        if (attempt === 1) throw infraError(code, "away");
        return { source: async () => "tree" } as Client;
      },
    });
    expect(await session.read("looking", (client) => client.source())).toBe("tree");
    expect(attempts).toEqual([1, 2]);
  }
});

test("opening is tried twice, but not where the user must mend something", async () => {
  let tries = 0;
  const failed = fakeSessions({
    open: async () => {
      tries++;
      throw infraError("SESSION_FAILED", "no session");
    },
  });
  await expect(failed.session.read("looking", (c) => c.source())).rejects.toMatchObject({
    code: "SESSION_FAILED",
  });
  expect(tries).toBe(2);
  tries = 0;
  const wrong = fakeSessions({
    open: async () => {
      tries++;
      throw configError("DEVICE_TOO_OLD", "Android 7");
    },
  });
  await expect(wrong.session.read("looking", (c) => c.source())).rejects.toMatchObject({ class: "config" });
  expect(tries).toBe(1);
});

test("closing ends the session, once, and nothing can be asked afterwards", async () => {
  const { session, log } = fakeSessions();
  await session.read("looking", (client) => client.source());
  await session.close();
  await session.close();
  expect(log).toEqual(["open 1", "end 1"]);
  await expect(session.read("looking", (c) => c.source())).rejects.toMatchObject({ code: "DEVICE_CLOSED" });
});

test("a session whose end Appium does not take is cut off, once", async () => {
  const deaf = () => {
    const log: string[] = [];
    const open = async () => ({ end: async () => Promise.reject(hungUp()) }) as unknown as Client;
    return { session: fakeSessions({ open, cutOff: async () => void log.push("cut off") }).session, log };
  };
  const alive = deaf();
  await alive.session.read("looking", async () => {});
  await alive.session.close();
  expect(alive.log).toEqual(["cut off"]);

  const dead = deaf();
  await expect(dead.session.act("tapping", async () => Promise.reject(hungUp()))).rejects.toThrow("tapping");
  await dead.session.close();
  expect(dead.log).toEqual(["cut off"]);
});
