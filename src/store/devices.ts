import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** What a device said of itself when it was last opened. */
export interface DeviceRecord {
  serial: string;
  model: string;
  apiLevel: number;
  width: number;
  height: number;
  density: number;
  emulator: boolean;
}

export interface DeviceEvent {
  runId: string;
  device: string;
  /** Such as `quarantined`. */
  kind: string;
  detail: string;
}

export interface LeaseRecord {
  runId: string;
  device: string;
  token: number;
  episodeId: string;
}

/** What became of the devices: who they are, what happened to them, and who had them when. */
export interface Devices {
  seen(device: DeviceRecord): Promise<void>;
  list(): Promise<DeviceRecord[]>;
  event(event: DeviceEvent): Promise<void>;
  /** The oldest first. */
  events(runId: string): Promise<(DeviceEvent & { at: number })[]>;
  leased(lease: LeaseRecord): Promise<void>;
  released(episodeId: string): Promise<void>;
}

export function createDevices(db: Kysely<Schema>, withoutHostPaths: (text: string) => string): Devices {
  return {
    async seen(device) {
      const row = {
        serial: device.serial,
        model: device.model,
        api_level: device.apiLevel,
        width: device.width,
        height: device.height,
        density: device.density,
        emulator: Number(device.emulator),
        last_seen_at: Date.now(),
      };
      await db
        .insertInto("device")
        .values(row)
        .onConflict((conflict) => conflict.column("serial").doUpdateSet(row))
        .execute();
    },

    async list() {
      const rows = await db.selectFrom("device").selectAll().orderBy("serial").execute();
      return rows.map((row) => ({
        serial: row.serial,
        model: row.model,
        apiLevel: row.api_level,
        width: row.width,
        height: row.height,
        density: row.density,
        emulator: row.emulator === 1,
      }));
    },

    async event({ runId, device, kind, detail }) {
      await db
        .insertInto("device_event")
        .values({ run_id: runId, device, at: Date.now(), kind, detail: withoutHostPaths(detail) })
        .execute();
    },

    async events(runId) {
      return db
        .selectFrom("device_event")
        .select(["run_id as runId", "device", "at", "kind", "detail"])
        .where("run_id", "=", runId)
        .orderBy("id")
        .execute();
    },

    async leased({ runId, device, token, episodeId }) {
      await db
        .insertInto("lease")
        .values({
          run_id: runId,
          device,
          token,
          episode_id: episodeId,
          taken_at: Date.now(),
          released_at: null,
        })
        .execute();
    },

    async released(episodeId) {
      await db
        .updateTable("lease")
        .set({ released_at: Date.now() })
        .where("episode_id", "=", episodeId)
        .execute();
    },
  };
}
