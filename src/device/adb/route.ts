import { type AdbAddress, request, withConnection } from "./server.ts";
import type { AdbRoute } from "./transport.ts";

export interface PinnedRouteOptions {
  address: AdbAddress;
  serial: string;
  transportId: string;
  features: readonly string[];
  /** Called before anything is sent that may have an effect on the device. */
  reached?: () => void;
}

/**
 * The way over one connection of the adb server with one device, for as long as that lasts. Requests go to
 * the server's transport id, not to the serial, so that nothing reaches another device that comes to have
 * the same serial.
 */
export function pinnedRoute({
  address,
  serial,
  transportId,
  features,
  reached = () => {},
}: PinnedRouteOptions): AdbRoute {
  return {
    serial,
    features,
    service: (name, { what, timeoutMs }, use) =>
      withConnection({ address, timeoutMs, what }, async (connection, socket) => {
        await request(connection, `host:transport-id:${transportId}`);
        reached();
        await request(connection, name);
        return use(connection, socket);
      }),
    host: (command, { what, timeoutMs }, use) =>
      withConnection({ address, timeoutMs, what }, async (connection) => {
        await request(connection, `host-transport-id:${transportId}:${command}`);
        reached();
        return use(connection);
      }),
  };
}
