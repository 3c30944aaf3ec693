import type { DeviceInfo } from "../device/index.ts";
import type { DevicePool, FarmEvent } from "../farm/index.ts";
import type { Store } from "../store/index.ts";

/** Records what happens to the pool's devices, one event after the other. */
export interface DeviceLog {
  /** Ends the log once everything is written; throws the first error of writing. */
  close(): Promise<void>;
}

export function logDevices(
  store: Store,
  runId: string,
  pool: DevicePool,
  onEvent: (event: FarmEvent) => void,
): DeviceLog {
  let written = Promise.resolve();
  let failure: unknown;
  const unsubscribe = pool.subscribe((event) => {
    onEvent(event);
    written = written
      .then(() => record(store, runId, event))
      .catch((error: unknown) => {
        failure ??= error;
      });
  });
  return {
    async close() {
      unsubscribe();
      await written;
      if (failure !== undefined) throw failure;
    },
  };
}

async function record(store: Store, runId: string, event: FarmEvent): Promise<void> {
  const { device, type: kind } = event;
  if (event.type === "device-opened") await store.devices.seen(event.info);
  const detail = "error" in event ? `${event.error.code}: ${event.error.message}` : whatItIs(event.info);
  await store.devices.event({ runId, device, kind, detail });
}

/** Enough to tell, from the diary alone, when another device came to have the serial. */
function whatItIs({ model, apiLevel, driver, identity }: DeviceInfo): string {
  return `${model}, API ${apiLevel}, driven by ${driver}, identity ${identity.slice(0, 12)}`;
}
