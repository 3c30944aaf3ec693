import type { Socket } from "node:net";
import { type Banner, encodeBanner, parseBanner } from "./banner.ts";
import {
  Command,
  encodeHeader,
  maxPayload,
  type Packet,
  readPacket,
  versionMin,
  versionSkipChecksum,
} from "./packet.ts";
import { AdbStream, type StreamLink } from "./stream.ts";

export interface ConnectionOptions {
  banner: Banner;
  /** Serves a stream that the other side opens, or answers undefined to refuse the service. */
  accept(service: string): ((stream: AdbStream) => void) | undefined;
  /** Waited for before a CNXN is answered. */
  beforeConnect?(): Promise<void>;
}

/**
 * One ADB connection over a socket that it owns; device and host side are alike but for who speaks
 * first. Authentication is not asked for, as on an emulator.
 */
export class AdbConnection implements StreamLink {
  /** What the other side says of itself, once it has connected. */
  peer: Banner | undefined;
  maxPayload = 4096;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #streams = new Map<number, AdbStream>();
  #version: number = versionMin;
  #nextId = 1;
  #onConnected: (() => void) | undefined;

  /** Resolves when the connection is over, with the fault that ended it, if it was one. */
  readonly closed: Promise<Error | undefined>;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.setNoDelay(true);
    this.closed = this.#readAll();
  }

  /** Says hello as the host side and waits for the device's answer. */
  async connect(timeoutMs: number): Promise<Banner> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const answered = new Promise<void>((resolve) => (this.#onConnected = resolve));
      const late = new Promise<Error>((resolve) => {
        timer = setTimeout(() => resolve(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      });
      this.#sendConnect();
      const fault = await Promise.race([answered, late, this.closed]);
      if (this.peer === undefined) throw fault ?? new Error("the other side closed the connection");
      return this.peer;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Opens a service on the other side. Throws where it is refused. */
  open(service: string): Promise<AdbStream> {
    if (this.#socket.destroyed) return Promise.reject(new Error("closed"));
    const stream = this.#addStream(0);
    return new Promise((resolve, reject) => {
      const onClose = () => reject(new Error("closed"));
      stream.signal.addEventListener("abort", onClose, { once: true });
      stream.once("open", () => {
        stream.signal.removeEventListener("abort", onClose);
        resolve(stream);
      });
      this.send(Command.open, stream.localId, 0, Buffer.from(`${service}\0`));
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  send(command: number, arg0: number, arg1: number, payload: Buffer = Buffer.alloc(0)): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    const packet = { command, arg0, arg1, payload };
    this.#socket.cork();
    this.#socket.write(encodeHeader(packet, this.#version < versionSkipChecksum));
    if (payload.length > 0) this.#socket.write(payload);
    this.#socket.uncork();
  }

  forget(localId: number): void {
    this.#streams.delete(localId);
  }

  async #readAll(): Promise<Error | undefined> {
    try {
      for (;;) {
        const packet = await readPacket(this.#socket, this.#version < versionSkipChecksum);
        if (packet === undefined) return undefined;
        await this.#handle(packet);
      }
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#socket.destroy();
      this.#closeStreams();
    }
  }

  async #handle({ command, arg0, arg1, payload }: Packet): Promise<void> {
    if (command === Command.connect) {
      await this.#handleConnect(arg0, arg1, payload);
    } else if (command === Command.auth || command === Command.startTls) {
      throw new Error("device unauthorized: it asks for a key, which the simulator's adb server has not");
    } else if (this.peer === undefined) {
      throw new Error("adb packet before the connection was made");
    } else if (command === Command.open) {
      this.#handleOpen(arg0, payload);
    } else if (command === Command.okay) {
      this.#streams.get(arg1)?.receivedOkay(arg0);
    } else if (command === Command.write) {
      this.#streams.get(arg1)?.receivedWrite(payload);
    } else if (command === Command.close) {
      this.#streams.get(arg1)?.receivedClose();
    }
    // Unknown commands are passed over, as adb does.
  }

  async #handleConnect(version: number, payloadLimit: number, payload: Buffer): Promise<void> {
    // A CNXN on a connection in use starts it anew.
    this.#closeStreams();
    const answersOurs = this.#onConnected !== undefined;
    if (!answersOurs) {
      await this.#options.beforeConnect?.();
      this.#sendConnect();
    }
    this.#version = Math.min(version, versionSkipChecksum);
    this.maxPayload = Math.max(1, Math.min(payloadLimit, maxPayload));
    this.peer = parseBanner(payload.toString());
    this.#onConnected?.();
    this.#onConnected = undefined;
  }

  #handleOpen(remoteId: number, payload: Buffer): void {
    const serve = this.#options.accept(payload.toString().replace(/\0+$/, ""));
    if (serve === undefined) {
      this.send(Command.close, 0, remoteId);
      return;
    }
    const stream = this.#addStream(remoteId);
    this.send(Command.okay, stream.localId, remoteId);
    serve(stream);
  }

  #sendConnect(): void {
    const banner = Buffer.from(encodeBanner(this.#options.banner));
    this.send(Command.connect, versionSkipChecksum, maxPayload, banner);
  }

  #addStream(remoteId: number): AdbStream {
    const stream = new AdbStream(this, this.#nextId++, remoteId);
    this.#streams.set(stream.localId, stream);
    return stream;
  }

  #closeStreams(): void {
    for (const stream of this.#streams.values()) stream.receivedClose();
  }
}
