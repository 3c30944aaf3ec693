export type { FarmEvent, FarmListener } from "./events.ts";
export { type DeviceLockOptions, lockDevice } from "./device-lock.ts";
export type { Lease } from "./lease.ts";
export { type AcquireOptions, createDevicePool, type DevicePool, type PoolOptions } from "./pool.ts";
export type { DeviceOpener, SlotState } from "./slot.ts";
