import type { Kysely, Selectable } from "kysely";
import type { DeviceTable, Schema } from "./schema.ts";

/** What a device said of itself when it was last opened by this driver. Nothing in it names the host. */
export interface DeviceRecord {
  serial: string;
  /** Tells devices apart that have the same serial; empty where it was not recorded. */
  identity: string;
  /** What drove it: `adb` or `appium`. */
  driver: string;
  model: string;
  apiLevel: number;
  width: number;
  height: number;
  density: number;
  emulator: boolean;
  /** adb features it announced. */
  features: string[];
  /** What it could do, by feature, as its driver found out; `{}` where it was not recorded. */
  capabilities: object;
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
  device: DeviceRecord;
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
  /** With what is known of the device by now: some of what it can do shows only as it is used. */
  released(episodeId: string, device: DeviceRecord): Promise<void>;
  /** The device that an episode had; undefined where it never had one. */
  ofEpisode(episodeId: string): Promise<DeviceRecord | undefined>;
}

export function createDevices(db: Kysely<Schema>, withoutHostPaths: (text: string) => string): Devices {
  return {
    async seen(device) {
      await upsert(db, device);
    },

    async list() {
      const rows = await db.selectFrom("device").selectAll().orderBy("serial").orderBy("id").execute();
      return rows.map(recordOf);
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
      // Not left to whoever logs what the farm does: an episode knows its device from the start.
      const deviceId = await upsert(db, device);
      await db
        .insertInto("lease")
        .values({
          run_id: runId,
          device: device.serial,
          device_id: deviceId,
          token,
          episode_id: episodeId,
          taken_at: Date.now(),
          released_at: null,
        })
        .execute();
    },

    async released(episodeId, device) {
      await upsert(db, device);
      await db
        .updateTable("lease")
        .set({ released_at: Date.now() })
        .where("episode_id", "=", episodeId)
        .execute();
    },

    async ofEpisode(episodeId) {
      const row = await db
        .selectFrom("lease")
        .innerJoin("device", "device.id", "lease.device_id")
        .selectAll("device")
        .where("lease.episode_id", "=", episodeId)
        .orderBy("lease.id", "desc")
        .executeTakeFirst();
      return row === undefined ? undefined : recordOf(row);
    },
  };
}

async function upsert(db: Kysely<Schema>, device: DeviceRecord): Promise<number> {
  const row = {
    serial: device.serial,
    identity: device.identity,
    driver: device.driver,
    model: device.model,
    api_level: device.apiLevel,
    width: device.width,
    height: device.height,
    density: device.density,
    emulator: Number(device.emulator),
    features_json: JSON.stringify(device.features),
    capabilities_json: JSON.stringify(device.capabilities),
    last_seen_at: Date.now(),
  };
  const { id } = await db
    .insertInto("device")
    .values(row)
    .onConflict((conflict) => conflict.columns(["serial", "identity", "driver"]).doUpdateSet(row))
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

function recordOf(row: Selectable<DeviceTable>): DeviceRecord {
  return {
    serial: row.serial,
    identity: row.identity,
    driver: row.driver,
    model: row.model,
    apiLevel: row.api_level,
    width: row.width,
    height: row.height,
    density: row.density,
    emulator: row.emulator === 1,
    features: JSON.parse(row.features_json) as string[],
    capabilities: JSON.parse(row.capabilities_json) as object,
  };
}
