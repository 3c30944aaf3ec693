import { airplaneModeOn } from "../../system/radios.ts";
import type { AppContext, SqlValue } from "../../system/services.ts";
import { DAY_MS, partsOf, shortMonth, timeText } from "../dates.ts";
import { BOX, sameAddress } from "../telephony-provider/store.ts";

export interface Person {
  name: string;
  number: string;
  contactId: number;
}

export interface Conversation {
  threadId: number;
  address: string;
  /** The contact's name, or the number. */
  title: string;
  snippet: string;
  date: number;
  unread: boolean;
  draft: boolean;
}

export interface Message {
  id: number;
  body: string;
  date: number;
  box: number;
  address: string;
}

/** Everybody in the contacts who has a number, by name. */
export function listPeople(context: AppContext): Person[] {
  return context.content
    .query("content://com.android.contacts/data/phones", {
      projection: ["contact_id", "display_name", "data1"],
    })
    .map((row) => ({
      contactId: Number(row["contact_id"]),
      name: String(row["display_name"] ?? row["data1"] ?? ""),
      number: String(row["data1"] ?? ""),
    }));
}

/** The name of the contact with this number, or the number as it is. */
export function nameOf(people: readonly Person[], address: string): string {
  return people.find((person) => sameAddress(person.number, address))?.name ?? address;
}

/** Newest first. */
export function listConversations(context: AppContext): Conversation[] {
  const people = listPeople(context);
  const unread = new Set(
    context.content
      .query("content://sms/inbox", { projection: ["thread_id"], where: "read = 0" })
      .map((row) => Number(row["thread_id"])),
  );
  return context.content.query("content://mms-sms/conversations").map((row) => {
    const address = String(row["address"] ?? "");
    const threadId = Number(row["thread_id"]);
    return {
      threadId,
      address,
      title: nameOf(people, address),
      snippet: String(row["body"] ?? ""),
      date: Number(row["date"]),
      unread: unread.has(threadId),
      draft: row["type"] === BOX.draft,
    };
  });
}

/** Messages of the conversation with this number, oldest first, without a draft. */
export function readThread(
  context: AppContext,
  address: string,
): { threadId: number | undefined; messages: Message[] } {
  const threadId = threadOf(context, address);
  if (threadId === undefined) return { threadId, messages: [] };
  const rows = context.content.query(`content://sms/conversations/${threadId}`, { where: "type != 3" });
  return { threadId, messages: rows.map(messageOf) };
}

/** Messages of all conversations with these words in them, newest first. */
export function searchMessages(context: AppContext, words: string): Message[] {
  return context.content
    .query("content://sms", { where: "body LIKE ? AND type != 3", args: [`%${words}%`] })
    .map(messageOf);
}

/** Stores a message as sent; without a network, as in airplane mode, as failed. */
export function sendMessage(context: AppContext, address: string, body: string): boolean {
  const sent = !airplaneModeOn(context.settings);
  const now = context.clock.now();
  context.content.insert(sent ? "content://sms/sent" : "content://sms/failed", {
    address,
    body,
    date: now,
    date_sent: sent ? now : 0,
    read: 1,
    seen: 1,
    sub_id: 1,
    status: -1,
    creator: context.package,
  });
  return sent;
}

/** Tries a failed message again. */
export function resendMessage(context: AppContext, message: Message): boolean {
  const sent = sendMessage(context, message.address, message.body);
  context.content.delete(`content://sms/${message.id}`);
  return sent;
}

export function readDraft(context: AppContext, address: string): string {
  const threadId = threadOf(context, address);
  if (threadId === undefined) return "";
  const row = context.content.query("content://sms/draft", {
    where: "thread_id = ?",
    args: [String(threadId)],
  })[0];
  return String(row?.["body"] ?? "");
}

/** Keeps what was typed but not sent; an empty text removes the draft. */
export function writeDraft(context: AppContext, address: string, body: string): void {
  if (body.trim() !== "") {
    context.content.insert("content://sms/draft", { address, body, creator: context.package });
    return;
  }
  const threadId = threadOf(context, address);
  if (threadId !== undefined)
    context.content.delete("content://sms/draft", "thread_id = ?", [String(threadId)]);
}

export function markRead(context: AppContext, threadId: number, read = true): void {
  if (read) {
    context.content.update("content://sms/inbox", { read: 1, seen: 1 }, "thread_id = ? AND read = 0", [
      String(threadId),
    ]);
    return;
  }
  const newest = context.content.query("content://sms/inbox", {
    where: "thread_id = ?",
    args: [String(threadId)],
  })[0];
  if (newest) context.content.update(`content://sms/${Number(newest["_id"])}`, { read: 0 });
}

/** `09:15 AM` today, else `Oct 3`, with the year where it is another. */
export function dateText(context: AppContext, date: number): string {
  const now = context.clock.now();
  const { year, month, day, hour, minute } = partsOf(date);
  if (Math.floor(date / DAY_MS) === Math.floor(now / DAY_MS)) return timeText(context.settings, hour, minute);
  const text = `${shortMonth(month)} ${day}`;
  return year === partsOf(now).year ? text : `${text}, ${year}`;
}

/** `Oct 3, 09:15 AM`, or only the time today. */
export function dateTimeText(context: AppContext, date: number): string {
  const { hour, minute } = partsOf(date);
  const time = timeText(context.settings, hour, minute);
  const day = dateText(context, date);
  return day === time ? time : `${day}, ${time}`;
}

function threadOf(context: AppContext, address: string): number | undefined {
  const known = context.content
    .query("content://mms-sms/conversations", { projection: ["thread_id", "address"] })
    .find((row) => sameAddress(String(row["address"] ?? ""), address));
  return known === undefined ? undefined : Number(known["thread_id"]);
}

function messageOf(row: Record<string, SqlValue>): Message {
  return {
    id: Number(row["_id"]),
    body: String(row["body"] ?? ""),
    date: Number(row["date"]),
    box: Number(row["type"]),
    address: String(row["address"] ?? ""),
  };
}
