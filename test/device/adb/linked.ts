import { DeviceLink, type Patience } from "../../../src/device/adb/link.ts";
import { type AdbTransport, transportOver } from "../../../src/device/adb/transport.ts";
import { type ServerWithDevices, startServerWithDevices } from "./server-with-devices.ts";

/** What ends what a test has started, the last of it first. */
export const closing: (() => Promise<void> | void)[] = [];

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

export async function startServer(serial = "fake-1", identity = "A"): Promise<ServerWithDevices> {
  const server = await startServerWithDevices();
  closing.push(() => server.close());
  server.plug(serial, identity);
  return server;
}

export async function linked(
  server: ServerWithDevices,
  serial = "fake-1",
  patience: Partial<Patience> = {},
): Promise<AdbTransport> {
  const link = await DeviceLink.open({
    address: server.address,
    serial,
    commandMs: 5000,
    patience: { serverMs: 5000, absentMs: 5000, offlineMs: 5000, reconnectMs: 50, ...patience },
  });
  closing.push(() => link.close());
  return transportOver(link);
}

export const look = { timeoutMs: 5000, repeatable: true };
export const act = { timeoutMs: 5000 };
