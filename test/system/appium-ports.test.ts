import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { reserveSystemPort, type SystemPort } from "../../src/device/appium/system-port.ts";

const reserved: SystemPort[] = [];
afterEach(async () => {
  for (const port of reserved.splice(0)) await port.release();
});

async function reserve(): Promise<number> {
  const port = await reserveSystemPort();
  reserved.push(port);
  return port.port;
}

test("each device has a port of its own, on which adb can listen", async () => {
  const ports = await Promise.all(Array.from({ length: 10 }, reserve));
  expect(new Set(ports).size).toBe(10);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(8200);
    expect(port).toBeLessThanOrEqual(8299);
    const adb = createServer().listen(port, "127.0.0.1");
    await once(adb, "listening");
    adb.close();
    await once(adb, "close");
  }
});

test("a port that somebody listens on is passed over", async () => {
  const port = await reserve();
  // While it is reserved, nobody else takes it: other suites look for ports at the same time.
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  await reserved.pop()!.release();
  try {
    expect(await reserve()).not.toBe(port);
  } finally {
    other.close();
    await once(other, "close");
  }
});
