import type { AppContext, SqlValue } from "../../system/services.ts";
import { EMAIL_TYPES, MIMETYPE, PHONE_TYPES } from "../contacts-provider/mimetypes.ts";

const AUTHORITY = "content://com.android.contacts";

export interface ContactSummary {
  id: number;
  name: string;
  starred: boolean;
}

/** A number or address with its label, as the editor keeps it. `id` is its data row, once stored. */
export type LabelledField = { id: number | null; value: string; type: number; label: string };

/** A contact as the editor and the details show it. */
export type ContactFields = {
  first: string;
  last: string;
  company: string;
  phones: LabelledField[];
  emails: LabelledField[];
};

export interface Contact extends ContactSummary {
  rawId: number;
  fields: ContactFields;
}

export function listContacts(context: AppContext, search = ""): ContactSummary[] {
  const rows = context.content.query(`${AUTHORITY}/contacts`, {
    projection: ["_id", "display_name", "starred"],
  });
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const byNumber = search.replace(/[\s()-]/gu, "");
  const withNumber = /^\+?\d{2,}$/u.test(byNumber) ? idsWithNumber(context, byNumber) : new Set<number>();
  return rows
    .map((row) => ({
      id: Number(row["_id"]),
      name: nameOf(row["display_name"]),
      starred: row["starred"] === 1,
    }))
    .filter((contact) => {
      const parts = contact.name.toLowerCase().split(/\s+/u);
      return withNumber.has(contact.id) || words.every((word) => parts.some((part) => part.startsWith(word)));
    });
}

/** The contact, or undefined once it is deleted. */
export function readContact(context: AppContext, id: number): Contact | undefined {
  const row = context.content.query(`${AUTHORITY}/contacts/${id}`)[0];
  if (!row) return undefined;
  const data = context.content.query(`${AUTHORITY}/contacts/${id}/data`);
  const first = (mimetype: string) => data.find((item) => item["mimetype"] === mimetype);
  const labelled = (mimetype: string, types: typeof PHONE_TYPES): LabelledField[] =>
    data
      .filter((item) => item["mimetype"] === mimetype)
      .map((item) => ({
        id: Number(item["_id"]),
        value: String(item["data1"] ?? ""),
        type: Number(item["data2"] ?? 0),
        label: labelOf(types, Number(item["data2"] ?? 0), item["data3"]),
      }));
  const name = first(MIMETYPE.name);
  return {
    id,
    rawId: Number(row["name_raw_contact_id"]),
    name: nameOf(row["display_name"]),
    starred: row["starred"] === 1,
    fields: {
      first: String(name?.["data2"] ?? ""),
      last: String(name?.["data3"] ?? ""),
      company: String(first(MIMETYPE.organization)?.["data1"] ?? ""),
      phones: labelled(MIMETYPE.phone, PHONE_TYPES),
      emails: labelled(MIMETYPE.email, EMAIL_TYPES),
    },
  };
}

export function isEmpty(fields: ContactFields): boolean {
  return [
    fields.first,
    fields.last,
    fields.company,
    ...[...fields.phones, ...fields.emails].map((f) => f.value),
  ].every((value) => value.trim() === "");
}

/** Writes a new contact, or a changed one where `existing` is given, and returns the contact's number. */
export function saveContact(context: AppContext, fields: ContactFields, existing?: Contact): number {
  const { content } = context;
  const raw = existing
    ? `raw_contacts/${existing.rawId}`
    : content.insert(`${AUTHORITY}/raw_contacts`, {}).replace(/^.*(raw_contacts\/\d+)$/u, "$1");
  const stored = existing ? content.query(`${AUTHORITY}/${raw}/data`) : [];
  const one = (mimetype: string) => stored.find((row) => row["mimetype"] === mimetype)?.["_id"];
  const write = (id: SqlValue | undefined, mimetype: string, values: Record<string, SqlValue>): void => {
    if (id === undefined || id === null) content.insert(`${AUTHORITY}/${raw}/data`, { mimetype, ...values });
    else content.update(`${AUTHORITY}/data/${Number(id)}`, values);
  };
  const remove = (id: SqlValue | undefined): void => {
    if (id !== undefined && id !== null) content.delete(`${AUTHORITY}/data/${Number(id)}`);
  };
  const given = fields.first.trim();
  const family = fields.last.trim();
  if (given === "" && family === "") remove(one(MIMETYPE.name));
  else write(one(MIMETYPE.name), MIMETYPE.name, { data2: given, data3: family });
  const company = fields.company.trim();
  if (company === "") remove(one(MIMETYPE.organization));
  else write(one(MIMETYPE.organization), MIMETYPE.organization, { data1: company, data2: "1" });
  const lists = [
    [MIMETYPE.phone, fields.phones],
    [MIMETYPE.email, fields.emails],
  ] as const;
  for (const [mimetype, list] of lists) {
    for (const row of stored.filter((row) => row["mimetype"] === mimetype))
      if (!list.some((field) => field.id === row["_id"])) remove(row["_id"]);
    for (const field of list) {
      const value = field.value.trim();
      // The rows of a contact that was deleted under the editor are gone.
      const row = existing ? field.id : null;
      if (value === "") remove(row);
      else
        write(row, mimetype, {
          data1: value,
          data2: String(field.type),
          data3: field.type === 0 ? field.label : null,
        });
    }
  }
  return Number(content.query(`${AUTHORITY}/${raw}`, { projection: ["contact_id"] })[0]?.["contact_id"]);
}

export function deleteContact(context: AppContext, id: number): void {
  context.content.delete(`${AUTHORITY}/contacts/${id}`);
}

export function starContact(context: AppContext, id: number, starred: boolean): void {
  context.content.update(`${AUTHORITY}/contacts/${id}`, { starred: starred ? 1 : 0 });
}

function idsWithNumber(context: AppContext, number: string): Set<number> {
  const phones = context.content.query(`${AUTHORITY}/data/phones`, { projection: ["contact_id", "data1"] });
  const digits = number.replace(/\D/gu, "");
  return new Set(
    phones
      .filter((phone) => String(phone["data1"]).replace(/\D/gu, "").includes(digits))
      .map((phone) => Number(phone["contact_id"])),
  );
}

function labelOf(types: typeof PHONE_TYPES, type: number, custom: SqlValue | undefined): string {
  if (type === 0 && typeof custom === "string") return custom;
  return types.find(([known]) => known === type)?.[1] ?? "Other";
}

function nameOf(name: SqlValue | undefined): string {
  return typeof name === "string" && name !== "" ? name : "(No name)";
}
