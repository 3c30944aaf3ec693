import { AndroidGenError, infraError } from "../../errors.ts";
import { actionUnsure } from "../act/unsure.ts";
import type { Client } from "./client.ts";
import { asDeviceError, type FailureKind, failureOf } from "./failure.ts";

export interface SessionOptions {
  /** For messages. */
  serial: string;
  /** Opens a session; its errors are the driver's own. */
  open: (attempt: number) => Promise<Client>;
  /** Takes back what a session has of the device and of the adb server, for one that cannot be told to. */
  cutOff: () => Promise<void>;
  /** A session older than this many milliseconds is closed and opened again between two calls. */
  oldestMs: number;
  /** So is one that has answered this many calls. */
  mostCalls: number;
}

/** One session of one device, opened anew whenever it is lost. */
export interface Session {
  /** Calls for something that only looks, or whose repetition changes nothing: repeated once on a new session. */
  read<T>(what: string, call: (client: Client) => Promise<T>): Promise<T>;
  /**
   * Calls for something that must not be done twice. It is made again only where the device cannot have heard of it;
   * where it may have, `ACTION_UNSURE` (`infra`) is thrown, and the next call has a new session.
   */
  act(what: string, call: (client: Client) => Promise<void>): Promise<void>;
  /** Has the next call open a new session, as when the device's memory was replaced. */
  forget(): void;
  close(): Promise<void>;
}

interface Opened {
  client: Client;
  since: number;
  calls: number;
}

/** Opening may meet a server on the device that is still going down, or a device that goes away just then. */
const openTries = 2;
/** With these the next try may do better: a device or an adb server that was waited for in vain is not waited for again. */
const openedAgainAfter = new Set(["SESSION_FAILED", "DEVICE_GONE", "ADB_UNREACHABLE"]);

export function keepSession(options: SessionOptions): Session {
  return new SessionKeeper(options);
}

class SessionKeeper implements Session {
  private readonly options: SessionOptions;
  private opened: Opened | undefined;
  /** While a session is being opened, whoever needs one waits for the same. */
  private opening: Promise<Opened> | undefined;
  /** Given up, and to be ended before the next one is opened. */
  private old: (Opened & { dead: boolean }) | undefined;
  private inFlight = 0;
  private closed = false;

  constructor(options: SessionOptions) {
    this.options = options;
  }

  read<T>(what: string, call: (client: Client) => Promise<T>): Promise<T> {
    return this.call(what, call, ["unsent", "unsure", "late"]);
  }

  async act(what: string, call: (client: Client) => Promise<void>): Promise<void> {
    try {
      await this.call(what, call, ["unsent"]);
    } catch (error) {
      if (!AndroidGenError.isInstance(error) || !isUnsure(error)) throw error;
      throw actionUnsure(error);
    }
  }

  forget(): void {
    if (this.opened !== undefined) this.giveUp(this.opened, { dead: true });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    // A failed opening was told to whoever wanted the session.
    await this.opening?.catch(() => undefined);
    if (this.opened !== undefined) this.giveUp(this.opened, { dead: false });
    await this.endOld();
  }

  private async call<T>(
    what: string,
    call: (client: Client) => Promise<T>,
    repeated: readonly FailureKind[],
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const opened = await this.acquire();
      opened.calls++;
      this.inFlight++;
      try {
        return await call(opened.client);
      } catch (error) {
        const { kind } = failureOf(error);
        if (kind !== "refused") this.giveUp(opened, { dead: true });
        if (attempt === 2 || !repeated.includes(kind)) {
          throw asDeviceError(error, `${what} on ${this.options.serial}`);
        }
      } finally {
        this.inFlight--;
      }
    }
  }

  private async acquire(): Promise<Opened> {
    const { serial, oldestMs, mostCalls } = this.options;
    if (this.closed) throw infraError("DEVICE_CLOSED", `${serial} is used after it was closed`);
    if (this.opened !== undefined && this.inFlight === 0) {
      const { calls, since } = this.opened;
      if (calls >= mostCalls || performance.now() - since > oldestMs) {
        this.giveUp(this.opened, { dead: false });
      }
    }
    if (this.opened !== undefined) return this.opened;
    this.opening ??= this.openNew().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async openNew(): Promise<Opened> {
    await this.endOld();
    for (let attempt = 1; ; attempt++) {
      try {
        const client = await this.options.open(attempt);
        this.opened = { client, since: performance.now(), calls: 0 };
        return this.opened;
      } catch (error) {
        const failure = asDeviceError(error, `opening a session on ${this.options.serial}`);
        if (attempt === openTries || !openedAgainAfter.has(failure.code)) throw failure;
      }
    }
  }

  private giveUp(opened: Opened, { dead }: { dead: boolean }): void {
    if (this.opened !== opened) return;
    this.opened = undefined;
    this.old = { ...opened, dead };
  }

  /**
   * Appium waits five seconds for the server of a session to end by itself, which one that has forgotten the session,
   * or that hangs, does not; and an Appium that has died ends nothing. Where nothing of this can be done, opening the
   * next session tells why.
   */
  private async endOld(): Promise<void> {
    const { old } = this;
    this.old = undefined;
    if (old === undefined) return;
    const cutOff = (): Promise<void> => this.options.cutOff().catch(() => undefined);
    if (old.dead) await cutOff();
    await old.client.end().catch(() => (old.dead ? undefined : cutOff()));
  }
}

function isUnsure({ cause }: AndroidGenError): boolean {
  const kinds: FailureKind[] = ["unsure", "late"];
  return cause !== undefined && !AndroidGenError.isInstance(cause) && kinds.includes(failureOf(cause).kind);
}
