import type { ErrorReport } from "../../errors.ts";
import type { ModelChoice } from "../../llm/index.ts";
import type { RunEvent, RunListener } from "../../run/index.ts";
import { oneLine } from "../printable.ts";

/** Where progress lines go. */
export interface ProgressTarget {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  listener: RunListener;
  /** Leaves the last state on the terminal. */
  close(): void;
}

/** What each device is doing, for the live table. */
interface DeviceLine {
  instance: string;
  step: number;
  doing: string;
}

/** Between two drawings of the live table. */
const REDRAW_MS = 100;

/** One line for each thing that a person watching a log wants to know. */
export function plainProgress(target: ProgressTarget): Progress {
  const count = new Counter();
  return {
    listener: (event) => {
      const line = count.see(event);
      if (line !== undefined) target.write(`${line}\n`);
    },
    close: () => {},
  };
}

/** A table that is drawn over itself, with a row for each device, below the lines that matter later. */
async function liveProgress(target: NodeJS.WriteStream): Promise<Progress> {
  const { createLogUpdate } = await import("log-update");
  const draw = createLogUpdate(target);
  const devices = new Map<string, DeviceLine>();
  const count = new Counter();
  const render = (): void => {
    const rows = [...devices].map(([device, { instance, step, doing }]) =>
      `${device.padEnd(15)} ${instance.padEnd(20)} step ${String(step).padStart(2)}  ${oneLine(doing, 200)}`.slice(
        0,
        width(target),
      ),
    );
    draw([...rows, count.footer()].join("\n"));
  };
  const timer = setInterval(render, REDRAW_MS);
  return {
    listener: (event) => {
      const line = count.see(event);
      followDevice(devices, event);
      if (line === undefined || event.type === "episode-ended") return;
      draw.clear();
      target.write(`${line}\n`);
    },
    close: () => {
      clearInterval(timer);
      devices.clear();
      render();
      draw.done();
    },
  };
}

/** The live table where somebody watches, plain lines in a file or a pipe. */
export async function outputProgress(target: NodeJS.WriteStream): Promise<Progress> {
  return target.isTTY ? liveProgress(target) : plainProgress(target);
}

/** Each event as one JSON line; a step without its screen and its reply, which are in the database. */
export function jsonProgress(target: ProgressTarget): Progress {
  return {
    listener: (event) => {
      // The summary is the command's own last line.
      if (event.type !== "run-ended") target.write(`${JSON.stringify(event)}\n`);
    },
    close: () => {},
  };
}

function width(target: NodeJS.WriteStream): number {
  return Math.max(40, (target.columns ?? 100) - 1);
}

function inSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

function nameOf({ model, endpoint }: ModelChoice): string {
  return `${model} on ${endpoint}`;
}

function said({ message, code }: ErrorReport, length = 160): string {
  return `${oneLine(message, length)} [${code}]`;
}

function followDevice(devices: Map<string, DeviceLine>, event: RunEvent): void {
  if (event.type === "episode-started") {
    devices.set(event.device, { instance: event.instance, step: 0, doing: event.goal });
  } else if (event.type === "step") {
    const doing =
      event.refusal === undefined ? (event.action?.type ?? "") : `refused: ${event.refusal.reason}`;
    devices.set(event.device, { instance: event.instance, step: event.number, doing });
  } else if (event.type === "model-failed") {
    const doing = `waits for the model: ${event.error.message}`;
    devices.set(event.device, { ...devices.get(event.device)!, doing });
  } else if (event.type === "device-quarantined") {
    devices.set(event.device, { instance: "", step: 0, doing: `set aside: ${event.error.message}` });
  }
}

/** Counts what has ended and puts events into words. */
class Counter {
  private total = 0;
  private done = 0;
  private succeeded = 0;
  private steps = 0;
  private readonly start = performance.now();

  /** The line for an event, with the time of day; undefined where it is not worth one. */
  see(event: RunEvent): string | undefined {
    const words = this.words(event);
    return words === undefined ? undefined : `${new Date().toTimeString().slice(0, 8)} ${words}`;
  }

  private words(event: RunEvent): string | undefined {
    switch (event.type) {
      case "run-started":
        this.total = event.episodes;
        this.done = event.ended;
        return `run ${event.run}: ${event.episodes} episodes${event.ended > 0 ? `, ${event.ended} of them done earlier` : ""}`;
      case "episode-ended": {
        if (event.state === "succeeded" || event.state === "failed") this.done++;
        if (event.state === "succeeded") this.succeeded++;
        const why = event.error === undefined ? "" : `: ${said(event.error, 120)}`;
        return `[${this.done}/${this.total}] ${event.instance} sample ${event.sample} on ${event.device}: ${event.state} in ${event.steps} steps${why}`;
      }
      case "step":
        this.steps++;
        return undefined;
      case "retry":
        return `again: ${event.instance} sample ${event.sample}, after ${event.error.code} on ${event.device}`;
      case "model-failed":
        return `no answer for ${event.instance}, asked again in ${inSeconds(event.retryInMs)} s: ${said(event.error)}`;
      case "circuit-opened":
        return `${nameOf(event)} is left alone for ${inSeconds(event.retryInMs)} s: ${said(event.error)}`;
      case "circuit-closed":
        return `${nameOf(event)} answers again`;
      case "held-back":
        return `${event.endpoint} asks to be left alone for ${inSeconds(event.forMs)} s`;
      case "fell-back":
        return `${event.role} falls back to ${nameOf(event.to)}, from ${nameOf(event.from)}: ${said(event.error)}`;
      case "device-failed":
        return `${event.device} failed: ${said(event.error)}`;
      case "device-quarantined":
        return `${event.device} is set aside for ${inSeconds(event.retryInMs)} s: ${said(event.error)}`;
      case "run-stopping":
        return event.error === undefined
          ? "stopping: the steps in flight are finished first; Ctrl-C again stops at once"
          : `stopping: ${said(event.error, 500)}`;
      case "episode-started":
      case "device-opened":
      case "run-ended":
        return undefined;
    }
  }

  footer(): string {
    const seconds = (performance.now() - this.start) / 1000;
    return `${this.done}/${this.total} episodes, ${this.succeeded} succeeded, ${(this.steps / seconds).toFixed(1)} steps/s, ${Math.round(seconds)} s`;
  }
}
