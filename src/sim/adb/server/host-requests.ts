/** What the server answers itself: the `host:` services of AOSP packages/modules/adb, docs/dev/services.md. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { errorMessage } from "../../../errors.ts";
import { features } from "../protocol/banner.ts";
import type { Forwards } from "./forwards.ts";
import { encodeText, replyOkay, replyText } from "./smart-socket.ts";
import type { Transport } from "./transport.ts";
import { deviceList, RequestFailure, type Target, type Transports } from "./transports.ts";

/** ADB_SERVER_VERSION of adb 1.0.41. A client of another version would want to start its own server. */
const serverVersion = 41;
const defaultAdbdPort = 5555;

export interface ServerState {
  transports: Transports;
  forwards: Forwards;
}

/** A `host…:` request, split into the device it is about and what is asked. */
export interface HostRequest {
  target: Target;
  command: string;
}

/** Undefined where the request is not one for the server itself. */
export function parseHostRequest(request: string): HostRequest | undefined {
  const match =
    /^(host):(.*)$/s.exec(request) ??
    /^(host-usb|host-local):(.*)$/s.exec(request) ??
    /^(host-transport-id):(\d+):(.*)$/s.exec(request) ??
    // A serial may itself be `host:port`; no command begins with a digit.
    /^(host-serial):([^:]+(?::\d+)?):(\D.*)$/s.exec(request);
  if (match === null) return undefined;
  const [, kind = "", second = "", third = ""] = match;
  switch (kind) {
    case "host-usb":
      return { target: { by: "usb" }, command: second };
    case "host-transport-id":
      return { target: { by: "id", id: Number(second) }, command: third };
    case "host-serial":
      return { target: { by: "serial", serial: second }, command: third };
    default:
      // Every device here is reached over TCP, which adb calls local.
      return { target: { by: "any" }, command: second };
  }
}

/** The device of a `transport` or `tport` request, or undefined where the command is another one. */
export function parseTransportRequest(request: HostRequest): (Target & { wantsId: boolean }) | undefined {
  const [, tport] = /^tport:(.*)$/s.exec(request.command) ?? [];
  if (tport !== undefined) {
    const serial = /^serial:(.*)$/s.exec(tport)?.[1];
    if (serial !== undefined) return { by: "serial", serial, wantsId: true };
    return { by: tport === "usb" ? "usb" : "any", wantsId: true };
  }
  const [, kind, value = ""] = /^transport(-any|-usb|-local|-id)?(?::(.*))?$/s.exec(request.command) ?? [];
  if (!request.command.startsWith("transport")) return undefined;
  if (kind === "-usb") return { by: "usb", wantsId: false };
  if (kind === "-id") return { by: "id", id: Number(value), wantsId: false };
  if (kind === undefined && value !== "") return { by: "serial", serial: value, wantsId: false };
  return { ...request.target, wantsId: false };
}

/** Answers one request. Failures that the client is to be told are thrown as `RequestFailure`. */
export async function answerHostRequest(
  { command, target }: HostRequest,
  client: Socket,
  state: ServerState,
): Promise<void> {
  const { transports } = state;
  const [, name = command, argument = ""] = /^([a-z-]+):(.*)$/s.exec(command) ?? [];
  if (name.startsWith("wait-for-")) return await waitFor(name, target, client, transports);
  switch (name) {
    case "version":
      return replyText(client, serverVersion.toString(16).padStart(4, "0"));
    case "kill":
      throw new RequestFailure(
        "kill-server refused: this adb server belongs to the simulator and ends with it",
      );
    case "devices":
    case "devices-l":
      return replyText(client, deviceList(transports.all(), name === "devices-l"));
    case "track-devices":
    case "track-devices-l":
      return await trackDevices(name === "track-devices-l", client, transports);
    case "host-features":
      return replyText(client, features.join(","));
    case "features":
      return replyText(client, transports.find(target).features.join(","));
    case "get-state":
      return replyText(client, transports.find(target).state);
    case "get-serialno":
      return replyText(client, transports.find(target).serial);
    case "get-devpath":
      transports.find(target);
      return replyText(client, "unknown");
    case "connect":
      return replyText(client, await connectDevice(argument, transports));
    case "disconnect":
      return replyText(client, disconnectDevice(argument, transports));
    case "emulator":
      // No reply, and none is waited for: an emulator says so when it has started.
      return registerEmulator(Number(argument), transports);
    case "reconnect":
      return replyText(client, reconnect(transports.find(target, true)));
    case "reconnect-offline":
      return replyText(client, reconnectOffline(transports));
    case "forward":
    case "killforward":
    case "killforward-all":
    case "list-forward":
      return await answerForward(name, argument, target, client, state);
    default:
      throw new RequestFailure(`unknown host service '${command}'`);
  }
}

async function answerForward(
  name: string,
  argument: string,
  target: Target,
  client: Socket,
  { transports, forwards }: ServerState,
): Promise<void> {
  let chosen: number | undefined;
  if (name === "list-forward") {
    return replyText(client, forwards.list());
  } else if (name === "killforward-all") {
    await forwards.removeAll();
  } else if (name === "killforward") {
    findForForward(target, transports);
    await forwards.remove(argument);
  } else {
    const rebind = !argument.startsWith("norebind:");
    const [local = "", remote = "", ...rest] = argument.replace(/^norebind:/, "").split(";");
    if (local === "" || remote === "" || rest.length > 0)
      throw new RequestFailure(`bad forward: ${argument}`);
    chosen = await forwards.add(findForForward(target, transports), local, remote, rebind);
  }
  // The first OKAY is for the request, the second for its result.
  replyOkay(client);
  replyOkay(client);
  if (chosen !== undefined && client.writable) client.write(encodeText(String(chosen)));
}

/** Where the device is not there, adb gives no reason in what is asked of forwards (adb.cpp, `transport_acquirer`). */
function findForForward(target: Target, transports: Transports): Transport {
  try {
    return transports.find(target);
  } catch (error) {
    throw error instanceof RequestFailure ? new RequestFailure("") : error;
  }
}

async function connectDevice(address: string, transports: Transports): Promise<string> {
  const [, host, port = String(defaultAdbdPort)] = /^([^:]+)(?::(\d{1,5}))?$/.exec(address) ?? [];
  if (host === undefined) throw new RequestFailure(`cannot read the address '${address}': give HOST:PORT`);
  const serial = `${host}:${port}`;
  if (transports.get(serial)?.state === "device") return `already connected to ${serial}`;
  try {
    await transports.add(serial, { host, port: Number(port) });
    return `connected to ${serial}`;
  } catch (error) {
    return `failed to connect to '${serial}': ${errorMessage(error)}`;
  }
}

function disconnectDevice(address: string, transports: Transports): string {
  if (address === "") {
    for (const transport of transports.all()) {
      if (!transport.serial.startsWith("emulator-")) transport.close();
    }
    return "disconnected everything";
  }
  const transport = transports.get(address) ?? transports.get(`${address}:${defaultAdbdPort}`);
  if (transport === undefined) throw new RequestFailure(`no such device '${address}'`);
  transport.close();
  return `disconnected ${address}`;
}

/**
 * What does not answer is not kept, and nobody can be told: the request has no reply.
 *
 * @param port the adb port, one above the console's.
 */
async function registerEmulator(port: number, transports: Transports): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const serial = `emulator-${port - 1}`;
  if (transports.get(serial)?.state === "device") return;
  await transports.add(serial, { host: "127.0.0.1", port }).catch(() => undefined);
}

function reconnect(transport: Transport): string {
  const text = `reconnecting ${transport.serial} [${transport.state}]\n`;
  transport.reconnect();
  return text;
}

/** Lost devices are being looked for anyway; this only says which. */
function reconnectOffline(transports: Transports): string {
  const offline = transports.all().filter((transport) => transport.state === "offline");
  return offline.map((transport) => `reconnecting ${transport.serial}`).join("\n");
}

/** Sends the list now and at every change, until the client leaves. */
async function trackDevices(long: boolean, client: Socket, transports: Transports): Promise<void> {
  replyOkay(client);
  const send = () => {
    if (client.writable) client.write(encodeText(deviceList(transports.all(), long)));
  };
  send();
  await whileConnected(client, transports.watch(send));
}

/** `wait-for[-usb|-local|-any]-STATE`: a second OKAY when a device is in that state. */
async function waitFor(name: string, target: Target, client: Socket, transports: Transports): Promise<void> {
  const state = name.replace(/^wait-for-(?:(?:usb|local|any)-)?/, "");
  const reached = () => {
    const meant = transports.all().filter((transport) => means(target, transport));
    if (state === "disconnect") return meant.every((transport) => transport.state === "offline");
    return meant.some((transport) => state === "any" || transport.state === state);
  };
  replyOkay(client);
  const finish = () => {
    if (reached() && client.writable) client.end("OKAY");
  };
  finish();
  await whileConnected(client, transports.watch(finish));
}

function means(target: Target, transport: Transport): boolean {
  if (target.by === "serial") return transport.serial === target.serial;
  if (target.by === "id") return transport.id === target.id;
  return target.by === "any";
}

async function whileConnected(client: Socket, stop: () => void): Promise<void> {
  client.resume();
  if (!client.destroyed) await once(client, "close");
  stop();
}
