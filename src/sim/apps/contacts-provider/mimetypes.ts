/** Kinds of rows in the data table (ContactsContract.CommonDataKinds) and their types. */
export const MIMETYPE = {
  name: "vnd.android.cursor.item/name",
  phone: "vnd.android.cursor.item/phone_v2",
  email: "vnd.android.cursor.item/email_v2",
  organization: "vnd.android.cursor.item/organization",
  note: "vnd.android.cursor.item/note",
} as const;

/** `Phone.TYPE_*`, in the order in which the editor lists them. */
export const PHONE_TYPES: readonly (readonly [type: number, label: string])[] = [
  [2, "Mobile"],
  [1, "Home"],
  [3, "Work"],
  [4, "Work Fax"],
  [5, "Home Fax"],
  [6, "Pager"],
  [12, "Main"],
  [7, "Other"],
];

/** `Email.TYPE_*`. */
export const EMAIL_TYPES: readonly (readonly [type: number, label: string])[] = [
  [1, "Home"],
  [2, "Work"],
  [3, "Other"],
  [4, "Mobile"],
];

/** A phone number as the provider compares it: digits, and a leading plus. */
export function normalizeNumber(number: string): string {
  const digits = number.replace(/\D/gu, "");
  return number.trim().startsWith("+") ? `+${digits}` : digits;
}

/** PhoneNumberUtils.toCallerIDMinMatch: the last seven digits, backwards. */
export function minMatch(number: string): string {
  return Array.from(number.replace(/\D/gu, "")).reverse().slice(0, 7).join("");
}
