import type { DeviceInfo } from "../device/index.ts";
import type { ErrorReport } from "../errors.ts";

/** What happens to the devices of a pool. `device` is the opener's name. */
export type FarmEvent =
  | { type: "device-opened"; device: string; info: DeviceInfo }
  | { type: "device-failed"; device: string; error: ErrorReport; failures: number }
  /** It gets no episodes until it could be opened again, which is tried after `retryInMs`. */
  | {
      type: "device-quarantined";
      device: string;
      error: ErrorReport;
      failures: number;
      retryInMs: number;
    };

export type FarmListener = (event: FarmEvent) => void;
