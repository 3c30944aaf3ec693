import { AndroidGenError } from "../../errors.ts";
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
  const open = new Set<PortForward>();
  const keep = (port: number, remove: () => Promise<unknown>): PortForward => {
    const forward = {
      port,
      async close() {
        if (!open.delete(forward)) return;
        await unlessGone(remove());
      },
    };
    open.add(forward);
    return forward;
  };
  return {
    async forward(devicePort) {
      const port = Number(await transport.askServer(`forward:tcp:0;tcp:${devicePort}`, timeoutMs));
      return keep(port, () => transport.askServer(`killforward:tcp:${port}`, timeoutMs));
    },
    async reverse(devicePort, hostPort) {
      const request = `reverse:forward:tcp:${devicePort};tcp:${hostPort}`;
      const chosen = await transport.askDevice(request, timeoutMs);
      const port = devicePort === 0 ? Number(chosen) : devicePort;
      return keep(port, () => transport.askDevice(`reverse:killforward:tcp:${port}`, timeoutMs));
    },
    async close() {
      await Promise.all([...open].map((forward) => forward.close()));
    },
  };
}

/** A listener ends with its device's connection, or with the adb server: then nothing is left to close. */
async function unlessGone(removing: Promise<unknown>): Promise<void> {
  try {
    await removing;
  } catch (error) {
    const over = ["DEVICE_GONE", "DEVICE_CHANGED", "ADB_UNREACHABLE"];
    if (AndroidGenError.isInstance(error) && (over.includes(error.code) || /not found/u.test(error.message)))
      return;
    throw error;
  }
}
