import type { SimClock } from "./services.ts";

export type LogPriority = "V" | "D" | "I" | "W" | "E" | "F";

export interface LogLine {
  at: number;
  pid: number;
  priority: LogPriority;
  tag: string;
  message: string;
}

/** logcat's ring buffer. */
export interface Log {
  add(priority: LogPriority, tag: string, message: string, pid?: number): void;
  lines(): readonly LogLine[];
  clear(): void;
  save(): readonly LogLine[];
  restore(lines: readonly LogLine[]): void;
}

const capacity = 2000;

const systemServerPid = 549;

export function createLog(clock: SimClock): Log {
  let lines: LogLine[] = [];
  return {
    add(priority, tag, message, pid = systemServerPid) {
      const at = clock.now();
      for (const line of message.split("\n")) lines.push({ at, pid, priority, tag, message: line });
      if (lines.length > capacity) lines = lines.slice(-capacity / 2);
    },
    lines: () => lines,
    clear() {
      lines = [];
    },
    save: () => [...lines],
    restore(saved) {
      lines = [...saved];
    },
  };
}
