/**
 * What the adb side of a simulated device needs of the phone behind it. `src/sim/device.ts` makes
 * one; tests of the protocols make small fakes.
 */
import type { Faults } from "../faults.ts";
import type { DevicePorts } from "../system/ports.ts";
import type { SimFiles } from "../system/services.ts";

export interface ProcessIo {
  stdin: AsyncIterable<Uint8Array>;
  stdout(chunk: Uint8Array): void;
  stderr(chunk: Uint8Array): void;
  /** Aborted when the client closes the stream. */
  signal: AbortSignal;
}

export interface AdbHost {
  /** `ro.product.name`, `.model` and `.device`, as the banner and `devices -l` show them. */
  readonly product: { name: string; model: string; device: string };
  readonly files: SimFiles;
  readonly faults: Faults;
  /** Runs a shell command line and resolves with its exit code; streams as it goes. */
  run(command: string, io: ProcessIo): Promise<number>;
  /** The device's own TCP ports. */
  readonly ports: DevicePorts;
  /** Raw frame for the `framebuffer:` service. */
  frame(): Promise<{ width: number; height: number; rgba: Buffer }>;
  /** Waits as long as the latency profile says an operation of this kind takes. */
  delay(kind: "sync" | "connect"): Promise<void>;
}

/** What the emulator console commands need. */
export interface ConsoleHost {
  readonly avdName: string;
  readonly faults: Faults;
  readonly snapshots: {
    list(): { name: string; sizeBytes: number; savedAt: number }[];
    save(name: string): void;
    /** Throws where there is no snapshot of that name. */
    load(name: string): void;
    delete(name: string): void;
  };
  receiveSms(number: string, text: string): void;
  /** The emulator ends. */
  kill(): void;
}
