import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { infraError } from "../../errors.ts";

/** Where the driver forwards its server on the device to, on this host (appium-uiautomator2-driver, README). */
const first = 8200;
const last = 8299;
/** The port that stands for a system port while somebody has it reserved. */
const guardOffset = 100;

export interface SystemPort {
  port: number;
  release(): Promise<void>;
}

/**
 * Reserves one of the hundred ports for one device, the highest that is free: an Appium that is left to choose takes
 * the lowest, and between its look and its forward nobody holds the port. adb itself will listen there, so the port cannot be held open until
 * then; the port a hundred above it is, which the operating system takes back when this process dies. Throws
 * `NO_SYSTEM_PORT` (`infra`) where none is free.
 */
export async function reserveSystemPort(): Promise<SystemPort> {
  for (let port = last; port >= first; port--) {
    const guard = await listen(port + guardOffset);
    if (guard === undefined) continue;
    const probe = await listen(port);
    if (probe === undefined) {
      await close(guard);
      continue;
    }
    await close(probe);
    // It must not keep the process alive.
    guard.unref();
    return { port, release: () => close(guard) };
  }
  throw infraError(
    "NO_SYSTEM_PORT",
    `none of the ports ${first} to ${last} is free for Appium; see what holds them with: adb forward --list`,
  );
}

/** Undefined where the port is taken. */
async function listen(port: number): Promise<Server | undefined> {
  const server = createServer();
  try {
    server.listen({ port, host: "127.0.0.1", exclusive: true });
    await once(server, "listening");
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  await once(server, "close");
}
