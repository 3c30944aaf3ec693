import { Duplex } from "node:stream";
import { Command } from "./packet.ts";

/** The connection a stream belongs to, as far as the stream needs it. */
export interface StreamLink {
  /** Bytes that the other side takes in one packet. */
  readonly maxPayload: number;
  send(command: number, arg0: number, arg1: number, payload?: Buffer): void;
  forget(localId: number): void;
}

/** Why signals are aborted. One for all: without it each of them would record a stack that nobody reads. */
const over = new Error("the adb stream is closed");

/**
 * One stream of an ADB connection. Only one WRTE is under way per direction: the next waits for its
 * OKAY, and our OKAY waits until what came before has been read. That is all the back-pressure the
 * protocol has. There is no half-close: ending either side closes the stream once everything is sent.
 */
export class AdbStream extends Duplex {
  readonly localId: number;
  readonly #link: StreamLink;
  readonly #gone = new AbortController();
  #remoteId: number;
  #unsent: Buffer = Buffer.alloc(0);
  #written: ((error?: Error | null) => void) | undefined;
  #owesOkay = false;
  #remoteClosed = false;
  #closeSent = false;

  /** @param remoteId 0 while an OPEN of ours is not answered. */
  constructor(link: StreamLink, localId: number, remoteId: number) {
    super({ allowHalfOpen: false, writableHighWaterMark: link.maxPayload });
    this.#link = link;
    this.localId = localId;
    this.#remoteId = remoteId;
    this.once("finish", () => this.destroy());
    // A stream fails only with its connection, which tells its owner; "close" tells the stream's.
    this.on("error", () => undefined);
  }

  /** Aborted when the other side has closed the stream, or the connection is gone. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  receivedOkay(remoteId: number): void {
    this.#remoteId = remoteId;
    if (this.#written === undefined) {
      this.emit("open");
      return;
    }
    if (this.#unsent.length > 0) this.#sendNext();
    else this.#finishWrite();
  }

  receivedWrite(payload: Buffer): void {
    if (payload.length === 0 || this.push(payload)) this.#sendOkay();
    else this.#owesOkay = true;
  }

  /** The other side closed, or the connection is gone. What was received can still be read. */
  receivedClose(): void {
    this.#remoteClosed = true;
    this.#sendClose();
    this.#link.forget(this.localId);
    this.#gone.abort(over);
    this.push(null);
    this.#finishWrite();
  }

  override _read(): void {
    if (!this.#owesOkay) return;
    this.#owesOkay = false;
    this.#sendOkay();
  }

  override _writev(chunks: { chunk: Uint8Array }[], callback: (error?: Error | null) => void): void {
    if (this.#remoteClosed) {
      callback();
      return;
    }
    const [first] = chunks;
    const whole = chunks.length === 1 ? first!.chunk : Buffer.concat(chunks.map((part) => part.chunk));
    this.#unsent = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
    this.#written = callback;
    this.#sendNext();
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#sendClose();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#sendClose();
    this.#link.forget(this.localId);
    this.#gone.abort(over);
    this.#finishWrite();
    callback(error);
  }

  #sendNext(): void {
    const piece = this.#unsent.subarray(0, this.#link.maxPayload);
    this.#unsent = this.#unsent.subarray(piece.length);
    this.#link.send(Command.write, this.localId, this.#remoteId, piece);
  }

  #finishWrite(): void {
    const done = this.#written;
    this.#written = undefined;
    done?.();
  }

  #sendOkay(): void {
    if (!this.#remoteClosed) this.#link.send(Command.okay, this.localId, this.#remoteId);
  }

  #sendClose(): void {
    if (this.#closeSent) return;
    this.#closeSent = true;
    this.#link.send(Command.close, this.localId, this.#remoteId);
  }
}
