import type { Socket } from "node:net";
import adbkitConnection from "@devicefarmer/adbkit/dist/src/adb/connection.js";
import { AndroidGenError, errorMessage, infraError } from "../../errors.ts";
import { readAll } from "./streams.ts";

/** Where an adb server listens. */
export interface AdbAddress {
  host: string;
  port: number;
}

export const defaultAdbAddress: AdbAddress = { host: "127.0.0.1", port: 5037 };

/** Whether a host, as an option or an address names it, is this one. */
export function isLoopback(host: string): boolean {
  return ["localhost", "::1", "[::1]"].includes(host) || host.startsWith("127.");
}

/** An adb smart-socket conversation with its parser. */
export type AdbConnection = InstanceType<typeof adbkitConnection.default>;

/**
 * adbkit would start an adb server of its own where none answers. Servers belong to whoever runs the
 * farm: one started by accident takes other programs' devices.
 */
class Connection extends adbkitConnection.default {
  override startServer(): never {
    throw new Error("no adb server is listening");
  }
}

export interface Bounded {
  address: AdbAddress;
  timeoutMs: number;
  /** What is being done, for the message of a failure. */
  what: string;
}

/**
 * Connects to the adb server, lets `talk` hold the conversation, and closes the connection whatever
 * happens. Throws `ADB_UNREACHABLE`, `DEVICE_TIMEOUT`, or what `talk` throws; a connection that ends
 * early, and a device that the server does not have, are `DEVICE_GONE`. All are `infra`.
 */
export async function withConnection<T>(
  { address, timeoutMs, what }: Bounded,
  talk: (connection: AdbConnection, socket: Socket) => Promise<T>,
): Promise<T> {
  const connection = new Connection({ host: address.host, port: address.port });
  connection.on("error", () => {
    // The socket's errors also reject what waits for it; unheard, this event would end the process.
  });
  let timedOut = false;
  let connected = false;
  const connecting = connection.connect();
  const timer = setTimeout(() => {
    timedOut = true;
    connection.socket.destroy(new Error("timed out"));
  }, timeoutMs);
  try {
    await connecting;
    connected = true;
    return await talk(connection, connection.socket);
  } catch (error) {
    if (timedOut) {
      throw infraError("DEVICE_TIMEOUT", `${what}: no answer within ${timeoutMs} ms`, error);
    }
    if (!connected) {
      throw unreachable(address, what, error);
    }
    throw asDeviceError(error, what);
  } finally {
    clearTimeout(timer);
    connection.socket.destroy();
  }
}

export function unreachable({ host, port }: AdbAddress, what: string, cause: unknown): AndroidGenError {
  return infraError(
    "ADB_UNREACHABLE",
    `${what}: no adb server answers at ${host}:${port} (${errorMessage(cause)}); start one with: adb -P ${port} start-server`,
    cause,
  );
}

/**
 * What an adb server says when it cannot reach the device (AOSP packages/modules/adb, transport.cpp,
 * `acquire_one_transport`), or what shows that the stream to it broke. With any phone on the host that it may not open,
 * it gives that as the reason for every other one; of forwards it gives none.
 */
const goneMessages =
  /^$|not found|offline|no device|still connecting|authorizing|unauthorized|insufficient permissions|closed|Premature end|ended by the other party|ECONNRESET|EPIPE|ETIMEDOUT|E(?:HOST|NET)UNREACH/iu;

function asDeviceError(error: unknown, what: string): unknown {
  if (AndroidGenError.isInstance(error)) return error;
  const message = errorMessage(error);
  if (goneMessages.test(message)) {
    return infraError("DEVICE_GONE", `${what}: the device is gone (${message || "no reason given"})`, error);
  }
  return infraError("ADB_FAILED", `${what}: ${message}`, error);
}

/** Reads exactly `length` bytes. */
export async function readBytes({ parser, socket }: AdbConnection, length: number): Promise<Buffer> {
  // Nothing is there to be had of a stream that may have ended with an empty text, such as no devices.
  if (length === 0) return Buffer.alloc(0);
  // adbkit's parser waits for ever on a stream that had ended before it was asked.
  if (socket.readableEnded || socket.destroyed) throw new Error("the stream closed early");
  return (await parser.readBytes(length)) as Buffer;
}

/** Sends one request and waits for `OKAY`; a `FAIL` is thrown with the server's words. */
export async function request(connection: AdbConnection, service: string): Promise<void> {
  const body = Buffer.from(service);
  const length = body.length.toString(16).padStart(4, "0");
  connection.write(Buffer.concat([Buffer.from(length), body]));
  const status = (await readBytes(connection, 4)).toString("latin1");
  if (status === "FAIL") throw new Error(await readText(connection));
  if (status !== "OKAY") throw new Error(`the adb server answered ${JSON.stringify(status)}`);
}

/** A text with its length before it, in four hexadecimal digits. */
async function readText(connection: AdbConnection): Promise<string> {
  const length = (await readBytes(connection, 4)).toString("latin1");
  return (await readBytes(connection, Number.parseInt(length, 16))).toString();
}

/**
 * What follows the OKAY of a request: OKAY again of one that does something, perhaps with a text, a text alone of
 * one that lists, or FAIL.
 */
export async function readResult(connection: AdbConnection): Promise<string> {
  const status = (await readBytes(connection, 4)).toString("latin1");
  if (status === "FAIL") throw new Error(await readText(connection));
  if (/^[\da-f]{4}$/iu.test(status)) {
    return (await readBytes(connection, Number.parseInt(status, 16))).toString();
  }
  if (status !== "OKAY") throw new Error(`adb answered ${JSON.stringify(status)}`);
  return (await readAll(connection.socket)).toString("utf8", 4);
}

/** Asks a host service that answers with one text, such as `host:devices-l`. */
export async function query(bounded: Bounded, service: string): Promise<string> {
  return withConnection(bounded, async (connection) => {
    await request(connection, service);
    return readText(connection);
  });
}
