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
  /** Called with every new line, until the returned function is called. */
  watch(listener: (line: LogLine) => void): () => void;
  clear(): void;
  save(): readonly LogLine[];
  restore(lines: readonly LogLine[]): void;
}

const capacity = 2000;

export const systemServerPid = 549;

export function createLog(clock: SimClock): Log {
  let lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  return {
    add(priority, tag, message, pid = systemServerPid) {
      const at = clock.now();
      for (const text of message.split("\n")) {
        const line: LogLine = { at, pid, priority, tag, message: text };
        lines.push(line);
        for (const listener of listeners) listener(line);
      }
      if (lines.length > capacity) lines = lines.slice(-capacity / 2);
    },
    lines: () => lines,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      lines = [];
    },
    save: () => [...lines],
    restore(saved) {
      lines = [...saved];
    },
  };
}
