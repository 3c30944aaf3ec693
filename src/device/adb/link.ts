import { type AdbAddress, query, request, withConnection } from "./server.ts";
import { type AdbRoute, type AdbTransport, transportOver } from "./transport.ts";

/** Asks for the device's features; throws as `withConnection` does. */
export async function connectTransport(
  address: AdbAddress,
  serial: string,
  timeoutMs: number,
): Promise<AdbTransport> {
  const features = await query(
    { address, timeoutMs, what: `reading the features on ${serial}` },
    `host-serial:${serial}:features`,
  );
  const route: AdbRoute = {
    serial,
    features: features.split(",").filter((feature) => feature !== ""),
    service: (name, { what, timeoutMs: bound }, use) =>
      withConnection({ address, timeoutMs: bound, what }, async (connection, socket) => {
        await request(connection, `host:transport:${serial}`);
        await request(connection, name);
        return use(connection, socket);
      }),
    host: (command, { what, timeoutMs: bound }, use) =>
      withConnection({ address, timeoutMs: bound, what }, async (connection) => {
        await request(connection, `host-serial:${serial}:${command}`);
        return use(connection);
      }),
  };
  return transportOver(route);
}
