import { afterEach, describe, expect, test } from "@jest/globals";
import type { Device } from "../../src/device/index.ts";
import { configError, infraError } from "../../src/errors.ts";
import {
  createDevicePool,
  type DeviceOpener,
  type DevicePool,
  type FarmEvent,
  type PoolOptions,
} from "../../src/farm/index.ts";
import { type FakeDevice, fakeDevice } from "../support/fakes.ts";

const gone = infraError("DEVICE_GONE", "it vanished");
const pools: DevicePool[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function poolOf(openers: readonly DeviceOpener[], options: PoolOptions = {}) {
  const pool = createDevicePool(openers, { reopenDelaysMs: [0], ...options });
  pools.push(pool);
  const events: FarmEvent[] = [];
  pool.subscribe((event) => events.push(event));
  return { pool, events };
}

/** A lock that says what becomes of it. */
function lockOf(log: string[], name: string, free: () => boolean = () => true) {
  return async () => {
    if (!free()) throw configError("DEVICE_IN_USE", `${name} is in use`);
    log.push(`${name} locked`);
    return { release: () => void log.push(`${name} released`) };
  };
}

/** Opens a fresh fake each time; `opened` keeps them all. */
function opener(name: string, failures: readonly Error[] = []) {
  const left = [...failures];
  const opened: FakeDevice[] = [];
  const open = async (): Promise<Device> => {
    const error = left.shift();
    if (error !== undefined) throw error;
    const device = fakeDevice(name);
    opened.push(device);
    return device;
  };
  return { name, open, opened };
}

describe("a device pool", () => {
  test("lends each device to one episode at a time, first come first served", async () => {
    const { pool } = poolOf([opener("a"), opener("b")]);
    await pool.open();
    const first = await pool.acquire();
    const second = await pool.acquire();
    expect([first.name, second.name]).toEqual(["a", "b"]);
    expect(second.token).toBeGreaterThan(first.token);
    const order: string[] = [];
    const third = pool.acquire().then((lease) => order.push(`third on ${lease.name}`));
    const fourth = pool.acquire().then((lease) => order.push(`fourth on ${lease.name}`));
    await second.release();
    await first.release();
    await Promise.all([third, fourth]);
    expect(order).toEqual(["third on b", "fourth on a"]);
  });

  test("locks a device before it is opened, and holds it over its failures until the pool closes", async () => {
    const log: string[] = [];
    const device = opener("a");
    const open = () => {
      log.push("a opened");
      return device.open();
    };
    const { pool } = poolOf([{ name: "a", lock: lockOf(log, "a"), open }]);
    await pool.open();
    const lease = await pool.acquire();
    await lease.release(gone);
    await (await pool.acquire()).release();
    expect(log).toEqual(["a locked", "a opened", "a opened"]);
    await pool.close();
    expect(log.at(-1)).toBe("a released");
  });

  test("works without devices that others use, and takes them when they are free", async () => {
    let free = false;
    const taken = { ...opener("a"), lock: lockOf([], "a", () => free) };
    const { pool, events } = poolOf([taken, opener("b")]);
    await pool.open();
    const other = await pool.acquire();
    expect(other.name).toBe("b");
    expect(events).toContainEqual(
      expect.objectContaining({ device: "a", error: expect.objectContaining({ code: "DEVICE_IN_USE" }) }),
    );
    free = true;
    expect((await pool.acquire()).name).toBe("a");
  });

  test("says so at the start where others use every device", async () => {
    const { pool } = poolOf(
      ["a", "b"].map((name) => ({ ...opener(name), lock: lockOf([], name, () => false) })),
    );
    await expect(pool.open()).rejects.toMatchObject({ code: "DEVICE_IN_USE", class: "config" });
  });

  test("takes the device from who gave it back", async () => {
    const { pool } = poolOf([opener("a")]);
    const lease = await pool.acquire();
    await lease.device.screen();
    await lease.release();
    await lease.release();
    await expect(lease.device.screen()).rejects.toMatchObject({ code: "LEASE_LOST", class: "infra" });
    expect((await pool.acquire()).name).toBe("a");
  });

  test("takes the device from a call that never ends, and opens it anew", async () => {
    const a = opener("a");
    const hanging = { ...a, open: async () => fakeDevice("a", () => new Promise<void>(() => {})) };
    const { pool, events } = poolOf([hanging], { leaseMs: 20 });
    const lease = await pool.acquire();
    await expect(lease.device.screen()).rejects.toMatchObject({ code: "LEASE_LOST" });
    expect((await pool.acquire()).token).toBeGreaterThan(lease.token);
    expect(events.map(({ type }) => type)).toEqual(["device-opened", "device-failed", "device-opened"]);
  });

  test("gives a retry another device, and the avoided one only where it is the last", async () => {
    const b = opener("b");
    const { pool } = poolOf([opener("a"), b], { quarantineAfter: 1, reopenDelaysMs: [60_000] });
    await pool.open();
    const onA = await pool.acquire();
    const onB = await pool.acquire();
    await onA.release();
    const retry = pool.acquire({ avoid: "a" });
    const other = await pool.acquire();
    expect(other.name).toBe("a");
    await onB.release();
    expect((await retry).name).toBe("b");
    await other.release();
    const last = pool.acquire({ avoid: "a" });
    await (await retry).release(gone);
    expect((await last).name).toBe("a");
  });

  test("opens a device again after a failure, and leaves it alone after three in a row", async () => {
    const a = opener("a");
    const { pool, events } = poolOf([a], { reopenDelaysMs: [60_000] });
    for (let i = 0; i < 3; i++) await (await pool.acquire()).release(gone);
    expect(a.opened).toHaveLength(3);
    expect(a.opened.every(({ closed }) => closed)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "device-quarantined", device: "a", failures: 3 });
    expect(pool.status()).toEqual([{ name: "a", state: "quarantined", error: "it vanished" }]);
  });

  test("forgets failures when an episode goes well, and never counts those that are not the device's", async () => {
    const { pool } = poolOf([opener("a")], { quarantineAfter: 2 });
    await (await pool.acquire()).release(gone);
    await (await pool.acquire()).release(configError("OTHER", "not its fault"));
    await (await pool.acquire()).release(gone);
    expect(pool.status()[0]!.state).toBe("closed");
  });

  test("tries quarantined devices again", async () => {
    const { pool, events } = poolOf([opener("a"), opener("b", [gone])]);
    await pool.open();
    const leases = [await pool.acquire(), await pool.acquire()];
    expect(leases.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(events.map(({ type }) => type)).toContain("device-quarantined");
  });

  test("refuses to open where no device can be reached, naming each", async () => {
    const { pool } = poolOf([opener("a", [gone, gone, gone]), opener("b", [gone, gone, gone])], {
      reopenDelaysMs: [60_000],
    });
    await expect(pool.open()).rejects.toMatchObject({
      code: "NO_DEVICE_REACHED",
      class: "config",
      message: "No device can be reached. a: it vanished b: it vanished",
    });
    const noAdb = configError("ADB_MISSING", "install adb");
    const { pool: other } = poolOf([opener("c", [noAdb])], { reopenDelaysMs: [60_000] });
    await expect(other.open()).rejects.toBe(noAdb);
    await expect(createDevicePool([]).open()).rejects.toMatchObject({ code: "NO_DEVICES" });
  });

  test("turns waiters away when all devices stay out of order", async () => {
    const { pool } = poolOf([opener("a")], { quarantineAfter: 1, reopenDelaysMs: [60_000], giveUpMs: 10 });
    await (await pool.acquire()).release(gone);
    await expect(pool.acquire()).rejects.toMatchObject({ code: "NO_DEVICE_LEFT" });
  });

  test("ends a wait by its signal", async () => {
    const { pool } = poolOf([opener("a")]);
    const lease = await pool.acquire();
    const stop = new AbortController();
    const waiting = pool.acquire({ signal: stop.signal });
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    await expect(pool.acquire({ signal: stop.signal })).rejects.toThrow("stopped");
    await lease.release();
    expect((await pool.acquire()).name).toBe("a");
  });

  test("closes every device, lent or not", async () => {
    const a = opener("a");
    const b = opener("b");
    const { pool } = poolOf([a, b]);
    await pool.open();
    const lease = await pool.acquire();
    await pool.acquire();
    const turnedAway = pool.acquire().catch((error: unknown) => error);
    await pool.close();
    expect(await turnedAway).toMatchObject({ code: "POOL_CLOSED" });
    expect([...a.opened, ...b.opened].map(({ closed }) => closed)).toEqual([true, true]);
    await expect(lease.device.screen()).rejects.toMatchObject({ code: "LEASE_LOST" });
    await lease.release();
  });
});
