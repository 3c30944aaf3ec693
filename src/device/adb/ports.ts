import { AndroidGenError, errorMessage, infraError } from "../../errors.ts";
import type { PortForward } from "../device.ts";
import type { AdbTransport } from "./transport.ts";

/** The port forwards of one device, so that none outlives the driver that made it. */
export interface Ports {
  forward(devicePort: number): Promise<PortForward>;
  reverse(devicePort: number, hostPort: number): Promise<PortForward>;
  /** Closes what is still open; a device that is gone has none. */
  close(): Promise<void>;
}

/** Requests as in AOSP packages/modules/adb, docs/dev/services.md; port 0 has the listener choose one. */
export function portsOf(transport: AdbTransport, timeoutMs: number): Ports {
  const { serial } = transport;
  const open = new Set<PortForward>();
  const server = (request: string): Promise<string> => transport.askServer(request, timeoutMs);
  const device = (request: string): Promise<string> => transport.askDevice(`reverse:${request}`, timeoutMs);
  const keep = (port: number, close: () => Promise<unknown>): PortForward => {
    const forward = {
      port,
      async close() {
        if (!open.delete(forward)) return;
        await unlessGone(close());
      },
    };
    open.add(forward);
    return forward;
  };
  return {
    async forward(devicePort) {
      const to = `tcp:${devicePort}`;
      const port = Number(await server(`forward:tcp:0;${to}`));
      return keep(port, () => remove(server, `tcp:${port}`, to, serial));
    },
    async reverse(devicePort, hostPort) {
      const to = `tcp:${hostPort}`;
      const chosen = await unlessTaken(
        device(`forward:norebind:tcp:${devicePort};${to}`),
        devicePort,
        serial,
      );
      const port = devicePort === 0 ? Number(chosen) : devicePort;
      return keep(port, () => remove(device, `tcp:${port}`, to));
    },
    async close() {
      await Promise.all([...open].map((forward) => forward.close()));
    },
  };
}

/**
 * Removes a listener where it is still there. It ended with its device's connection, and its port may lead somewhere
 * else by now: neither the server nor the device asks whose listener it removes. Rows are `OWNER FROM TO`; the server
 * names the device as owner, and a device whatever it calls its host.
 */
async function remove(
  ask: (request: string) => Promise<string>,
  from: string,
  to: string,
  owner?: string,
): Promise<void> {
  const rows = (await ask("list-forward")).split("\n");
  const isOurs = (row: string): boolean =>
    owner === undefined ? row.endsWith(` ${from} ${to}`) : row === `${owner} ${from} ${to}`;
  if (rows.some(isOurs)) await ask(`killforward:${from}`);
}

/** Without `norebind` the port of another program would lead here from now on. */
async function unlessTaken(listening: Promise<string>, port: number, serial: string): Promise<string> {
  try {
    return await listening;
  } catch (error) {
    if (!/cannot rebind/u.test(errorMessage(error))) throw error;
    throw infraError(
      "PORT_TAKEN",
      `port ${port} of ${serial} leads somewhere already; free it with: adb -s ${serial} reverse --remove tcp:${port}`,
      error,
    );
  }
}

/** A listener ends with its device's connection, or with the adb server: then nothing is left to close. */
async function unlessGone(removing: Promise<unknown>): Promise<void> {
  try {
    await removing;
  } catch (error) {
    const over = [
      "DEVICE_GONE",
      "DEVICE_CHANGED",
      "DEVICE_AMBIGUOUS",
      "DEVICE_UNAUTHORIZED",
      "ADB_UNREACHABLE",
    ];
    if (AndroidGenError.isInstance(error) && (over.includes(error.code) || /not found/u.test(error.message)))
      return;
    throw error;
  }
}
