import type { AppContext, SimDatabase, SqlValue } from "../../system/services.ts";
import { insertRow, invalidValue, selectRows, updateRows } from "../sql-provider.ts";
import { MIMETYPE, minMatch, normalizeNumber } from "./mimetypes.ts";
import { SCHEMA } from "./schema.ts";

const DATABASE = "/data/data/com.android.providers.contacts/databases/contacts2.db";

/** ContactsContract.DisplayNameSources, best first. */
const NAME_SOURCES: readonly (readonly [mimetype: string, source: number])[] = [
  [MIMETYPE.name, 40],
  [MIMETYPE.organization, 30],
  [MIMETYPE.phone, 20],
  [MIMETYPE.email, 10],
];

type Values = Record<string, SqlValue>;

/** The database, made anew where its file has gone. */
export function openContacts(context: AppContext): SimDatabase {
  const db = context.database(DATABASE);
  if (db.all("PRAGMA user_version")[0]?.["user_version"] === 0) db.exec(SCHEMA);
  return db;
}

/** A raw contact, with its data rows, and a contact of its own: contacts are not joined by name. */
export function insertRawContact(
  db: SimDatabase,
  values: Values,
  now: number,
  data: readonly Values[] = [],
): number {
  const { account_name: name = null, account_type: type = null, ...rest } = values;
  const account = accountId(db, name, type);
  const rawContact = insertRow(db, "raw_contacts", { ...rest, account_id: account, aggregation_needed: 0 });
  const contact = insertRow(db, "contacts", {
    name_raw_contact_id: rawContact,
    starred: values["starred"] ?? 0,
    contact_last_updated_timestamp: now,
  });
  updateRows(db, "raw_contacts", { contact_id: contact }, [rawContact]);
  for (const row of data) insertDataRow(db, { ...row, raw_contact_id: rawContact });
  refreshRawContact(db, rawContact, now);
  return rawContact;
}

export function insertData(db: SimDatabase, values: Values, now: number): number {
  const rawContact = Number(values["raw_contact_id"]);
  if (db.all("SELECT 1 FROM raw_contacts WHERE _id = ?", [rawContact]).length === 0)
    throw invalidValue(`raw_contact_id ${String(values["raw_contact_id"])} names no raw contact`);
  const id = insertDataRow(db, values);
  refreshRawContact(db, rawContact, now);
  return id;
}

export function updateData(db: SimDatabase, values: Values, ids: readonly number[], now: number): number {
  const rows = ids.flatMap((id) => selectRows(db, { from: "view_data", where: "_id = ?", args: [id] }, {}));
  const { mimetype: _fixed, raw_contact_id: _owner, ...changes } = values;
  for (const row of rows)
    updateRows(db, "data", completeName(String(row["mimetype"]), changes), [Number(row["_id"])]);
  for (const rawContact of new Set(rows.map((row) => Number(row["raw_contact_id"]))))
    refreshRawContact(db, rawContact, now);
  return rows.length;
}

export function deleteData(db: SimDatabase, ids: readonly number[], now: number): number {
  for (const id of ids) {
    const owner = db.all("SELECT raw_contact_id FROM data WHERE _id = ?", [id])[0];
    db.run("DELETE FROM phone_lookup WHERE data_id = ?", [id]);
    db.run("DELETE FROM data WHERE _id = ?", [id]);
    if (owner) refreshRawContact(db, Number(owner["raw_contact_id"]), now);
  }
  return ids.length;
}

/** Removes whole contacts with all that belongs to them. */
export function deleteContacts(db: SimDatabase, ids: readonly number[], now: number): number {
  for (const id of ids) {
    const own = "raw_contact_id IN (SELECT _id FROM raw_contacts WHERE contact_id = ?)";
    db.run(`DELETE FROM phone_lookup WHERE ${own}`, [id]);
    db.run(`DELETE FROM data WHERE ${own}`, [id]);
    db.run("DELETE FROM raw_contacts WHERE contact_id = ?", [id]);
    db.run("DELETE FROM contacts WHERE _id = ?", [id]);
    db.run("INSERT OR REPLACE INTO deleted_contacts VALUES (?, ?)", [id, now]);
  }
  return ids.length;
}

function insertDataRow(db: SimDatabase, values: Values): number {
  const { mimetype, ...rest } = values;
  if (typeof mimetype !== "string") throw invalidValue("mimetype is required");
  return insertRow(db, "data", { ...completeName(mimetype, rest), mimetype_id: mimetypeId(db, mimetype) });
}

function accountId(db: SimDatabase, name: SqlValue, type: SqlValue): number {
  const sql = "SELECT _id FROM accounts WHERE account_name IS ? AND account_type IS ?";
  const known = db.all(sql, [name, type])[0];
  return known ? Number(known["_id"]) : insertRow(db, "accounts", { account_name: name, account_type: type });
}

function mimetypeId(db: SimDatabase, mimetype: string): number {
  const known = db.all("SELECT _id FROM mimetypes WHERE mimetype = ?", [mimetype])[0];
  return known ? Number(known["_id"]) : insertRow(db, "mimetypes", { mimetype });
}

/** A structured name has a whole (data1) and parts (data2 given, data3 family): either makes the other. */
function completeName(mimetype: string, values: Values): Values {
  if (mimetype !== MIMETYPE.name) return values;
  const whole = values["data1"];
  const given = values["data2"];
  const family = values["data3"];
  if (given === undefined && family === undefined) {
    if (typeof whole !== "string") return values;
    const words = whole.trim().split(/\s+/u);
    return {
      ...values,
      data2: words.slice(0, Math.max(1, words.length - 1)).join(" "),
      data3: words.length > 1 ? words.at(-1)! : null,
    };
  }
  return whole === undefined ? { ...values, data1: joinName(given, family) } : values;
}

function joinName(...parts: (SqlValue | undefined)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}

/** Makes anew what follows from the data rows: names, sort keys, the look-up by number. */
function refreshRawContact(db: SimDatabase, rawContact: number, now: number): void {
  const owner = db.all("SELECT contact_id FROM raw_contacts WHERE _id = ?", [rawContact])[0];
  const contact = Number(owner?.["contact_id"]);
  const rows = db.all(
    "SELECT data.*, mimetype FROM data JOIN mimetypes ON mimetype_id = mimetypes._id WHERE raw_contact_id = ? ORDER BY data._id",
    [rawContact],
  );
  const phones = rows.filter((row) => row["mimetype"] === MIMETYPE.phone && row["data1"]);
  db.run("DELETE FROM phone_lookup WHERE raw_contact_id = ?", [rawContact]);
  for (const phone of phones) {
    const number = String(phone["data1"]);
    insertRow(db, "phone_lookup", {
      data_id: phone["_id"] ?? null,
      raw_contact_id: rawContact,
      normalized_number: normalizeNumber(number),
      min_match: minMatch(number),
    });
  }
  updateRows(db, "raw_contacts", namesOf(rows), [rawContact]);
  db.run("UPDATE raw_contacts SET version = version + 1 WHERE _id = ?", [rawContact]);
  const name = db.all("SELECT display_name FROM raw_contacts WHERE _id = ?", [rawContact])[0]?.[
    "display_name"
  ];
  updateRows(
    db,
    "contacts",
    {
      has_phone_number: phones.length > 0 ? 1 : 0,
      lookup: `0r${rawContact}-${Buffer.from(String(name ?? ""))
        .toString("hex")
        .toUpperCase()}`,
      contact_last_updated_timestamp: now,
    },
    [contact],
  );
}

function namesOf(rows: readonly Values[]): Values {
  for (const [mimetype, source] of NAME_SOURCES) {
    const row = rows.find((row) => row["mimetype"] === mimetype && row["data1"]);
    if (!row) continue;
    const name = String(row["data1"]);
    const family = source === 40 ? row["data3"] : null;
    const alternative =
      typeof family === "string" && family !== "" && row["data2"]
        ? `${family}, ${String(row["data2"])}`
        : name;
    return {
      display_name: name,
      display_name_alt: alternative,
      display_name_source: source,
      sort_key: name,
      sort_key_alt: alternative,
      phonebook_label: letterOf(name),
      phonebook_label_alt: letterOf(alternative),
    };
  }
  return { display_name: null, display_name_alt: null, display_name_source: 0, sort_key: null };
}

/** The section of the alphabet a name stands in; `#` for numbers and signs. */
function letterOf(name: string): string {
  return /^\p{L}/u.exec(name)?.[0]?.toUpperCase() ?? "#";
}
