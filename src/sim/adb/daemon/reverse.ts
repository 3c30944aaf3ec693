/**
 * The `reverse:` service: ports of the device that lead to services of the host, over the connection on which
 * they were asked for. Replies as AOSP packages/modules/adb, adb.cpp `handle_forward_request` on the device.
 */
import type { DeviceListener, DevicePorts } from "../../system/ports.ts";
import { joinStreams } from "../protocol/join.ts";
import type { AdbStream } from "../protocol/stream.ts";
import { errorMessage } from "../../../errors.ts";

export interface Reverses {
  /** Carries out a request, and gives the bytes of its reply. */
  handle(request: string): Buffer;
  /** The connection is gone, and with it every port. */
  close(): void;
}

/** What a device calls its host in the list. */
const hostSerial = "host-1";

/** @param open opens a service of the host; rejects where the host refuses it. */
export function createReverses(ports: DevicePorts, open: (service: string) => Promise<AdbStream>): Reverses {
  const listeners = new Map<string, { remote: string; stop: () => void }>();

  function listen(port: number, remote: string): DeviceListener {
    return ports.listen(port, (connection) => {
      open(remote).then(
        (stream) => joinStreams(connection, stream),
        // Nothing listens on the host: the connection ends at once, as a forward's does.
        () => connection.destroy(),
      );
    });
  }

  function forward(target: string, rebind: boolean): Buffer {
    const [local = "", remote = ""] = target.split(";");
    const port = /^tcp:(\d{1,5})$/.exec(local)?.[1];
    if (port === undefined || remote === "") return refuse(`bad forward: ${target}`);
    const known = listeners.get(local);
    if (known !== undefined && !rebind) return refuse("cannot rebind existing socket");
    known?.stop();
    listeners.delete(local);
    try {
      const listener = listen(Number(port), remote);
      listeners.set(`tcp:${listener.port}`, { remote, stop: () => listener.stop() });
      // Only who asked for any port is told which one it is.
      const chosen = Number(port) === 0 ? withLength(String(listener.port)) : Buffer.alloc(0);
      return Buffer.concat([Buffer.from("OKAY"), chosen]);
    } catch (error) {
      return refuse(`cannot bind listener: ${errorMessage(error)}`);
    }
  }

  function stopAll(): void {
    for (const listener of listeners.values()) listener.stop();
    listeners.clear();
  }

  return {
    handle(request) {
      if (request === "list-forward")
        return withLength(
          [...listeners].map(([local, { remote }]) => `${hostSerial} ${local} ${remote}\n`).join(""),
        );
      if (request === "killforward-all") {
        stopAll();
        return Buffer.from("OKAY");
      }
      const [, kind, norebind, target = ""] =
        /^(forward|killforward):(norebind:)?(.*)$/su.exec(request) ?? [];
      if (kind === "forward") return forward(target, norebind === undefined);
      const listener = listeners.get(target);
      if (kind === undefined) return refuse(`unknown reverse request: ${request}`);
      if (listener === undefined) return refuse(`listener '${target}' not found`);
      listener.stop();
      listeners.delete(target);
      return Buffer.from("OKAY");
    },
    close: stopAll,
  };
}

function withLength(text: string): Buffer {
  return Buffer.from(Buffer.byteLength(text).toString(16).padStart(4, "0") + text);
}

function refuse(reason: string): Buffer {
  return Buffer.concat([Buffer.from("FAIL"), withLength(reason)]);
}
