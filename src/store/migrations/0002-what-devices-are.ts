import { type Kysely, sql } from "kysely";

/**
 * A serial alone does not say what a device was: `emulator-5554` may be another emulator every night. Devices
 * get a row for each serial, identity and driver, and a lease says which of them it was. Of older devices the
 * identity is not known, and stays empty; the driver was adb's, for there was no other.
 */
const statements = [
  `CREATE TABLE device_2 (
    id INTEGER PRIMARY KEY,
    serial TEXT NOT NULL,
    identity TEXT NOT NULL,
    driver TEXT NOT NULL,
    model TEXT NOT NULL,
    api_level INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    density INTEGER NOT NULL,
    emulator INTEGER NOT NULL,
    features_json TEXT NOT NULL,
    capabilities_json TEXT NOT NULL,
    last_seen_at INTEGER NOT NULL,
    UNIQUE (serial, identity, driver)
  ) STRICT`,

  `INSERT INTO device_2
    (serial, identity, driver, model, api_level, width, height, density, emulator,
     features_json, capabilities_json, last_seen_at)
    SELECT serial, '', 'adb', model, api_level, width, height, density, emulator, '[]', '{}', last_seen_at
    FROM device`,

  `DROP TABLE device`,
  `ALTER TABLE device_2 RENAME TO device`,

  `ALTER TABLE lease ADD COLUMN device_id INTEGER REFERENCES device (id)`,
  `UPDATE lease SET device_id = (SELECT id FROM device WHERE device.serial = lease.device)`,
  `CREATE INDEX lease_episode ON lease (episode_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
