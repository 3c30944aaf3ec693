import type { AppContext, SimDatabase, SqlValue } from "../../system/services.ts";
import { minMatch } from "../contacts-provider/mimetypes.ts";
import { insertRow } from "../sql-provider.ts";
import { SCHEMA } from "./schema.ts";

const DATABASE = "/data/data/com.android.providers.telephony/databases/mmssms.db";

/** `Telephony.Sms.MESSAGE_TYPE_*`: which box a message lies in. */
export const BOX = { inbox: 1, sent: 2, draft: 3, outbox: 4, failed: 5, queued: 6 } as const;

/** The database, made anew where its file has gone. */
export function openMessages(context: AppContext): SimDatabase {
  const db = context.database(DATABASE);
  if (db.all("PRAGMA user_version")[0]?.["user_version"] === 0) db.exec(SCHEMA);
  return db;
}

/** Whether two addresses are one number: PhoneNumberUtils.compare, loosely. Names are compared as such. */
export function sameAddress(a: string, b: string): boolean {
  if (/[a-z]/iu.test(a) || /[a-z]/iu.test(b)) return a.toLowerCase() === b.toLowerCase();
  const digits = [a, b].map((address) => address.replace(/\D/gu, ""));
  // Short codes and extensions must be equal; the country code of a full number may be missing.
  return digits[0] === digits[1] || (digits.every((d) => d.length >= 7) && minMatch(a) === minMatch(b));
}

/** Threads.getOrCreateThreadId: the conversation with exactly these recipients. */
function threadIdFor(db: SimDatabase, addresses: readonly string[], now: number): number {
  const ids = addresses.map((address) => addressId(db, address)).sort((a, b) => a - b);
  const recipients = ids.join(" ");
  const known = db.all("SELECT _id FROM threads WHERE recipient_ids = ?", [recipients])[0];
  if (known) return Number(known["_id"]);
  return insertRow(db, "threads", { recipient_ids: recipients, date: now, type: ids.length > 1 ? 1 : 0 });
}

/** Stores a message and files it under its conversation, as SmsProvider.insert does. */
export function insertMessage(
  db: SimDatabase,
  values: Record<string, SqlValue>,
  box: number | undefined,
  now: number,
): number {
  const row: Record<string, SqlValue> = { date: now, type: box ?? BOX.inbox, ...values };
  if (box !== undefined) row["type"] = box;
  row["thread_id"] ??= threadIdFor(db, [String(row["address"] ?? "")], now);
  if (Number(row["type"]) !== BOX.inbox) row["read"] = 1;
  // A conversation has one draft.
  if (Number(row["type"]) === BOX.draft)
    db.run("DELETE FROM sms WHERE thread_id = ? AND type = 3", [row["thread_id"]]);
  return insertRow(db, "sms", row);
}

/** Removes conversations without messages. */
export function dropEmptyThreads(db: SimDatabase): void {
  db.run(
    "DELETE FROM threads WHERE _id NOT IN (SELECT DISTINCT thread_id FROM sms WHERE thread_id NOT NULL)",
  );
}

function addressId(db: SimDatabase, address: string): number {
  const known = db
    .all("SELECT _id, address FROM canonical_addresses")
    .find((row) => sameAddress(String(row["address"]), address));
  return known ? Number(known["_id"]) : insertRow(db, "canonical_addresses", { address });
}
