import type { AppContext, ContentProvider } from "../../system/services.ts";
import { segmentsOf, selectIds, selectRows, unknownUri, updateRows, type Source } from "../sql-provider.ts";
import { BOX, dropEmptyThreads, insertMessage, openMessages } from "./store.ts";

const NEWEST_FIRST = "date DESC";

/** `content://sms/…` (AOSP SmsProvider). */
export function smsProvider(context: AppContext): ContentProvider {
  return {
    authority: "sms",
    query: (path, query) => selectRows(openMessages(context), smsSource(path), query),
    insert(path, values) {
      const [box, ...rest] = segmentsOf(path);
      if (rest.length > 0 || (box !== undefined && !(box in BOX))) throw unknownUri("sms", path);
      const type = box === undefined ? undefined : BOX[box as keyof typeof BOX];
      return `sms/${insertMessage(openMessages(context), values, type, context.clock.now())}`;
    },
    update(path, values, where, args) {
      const db = openMessages(context);
      return updateRows(db, "sms", values, selectIds(db, messageSource(path), where, args));
    },
    delete(path, where, args) {
      const db = openMessages(context);
      const ids = selectIds(db, messageSource(path), where, args);
      for (const id of ids) db.run("DELETE FROM sms WHERE _id = ?", [id]);
      dropEmptyThreads(db);
      return ids.length;
    },
  };
}

/** `content://mms-sms/…`, as far as text messages go (AOSP MmsSmsProvider). */
export function conversationsProvider(context: AppContext): ContentProvider {
  return {
    authority: "mms-sms",
    query(path, query) {
      const db = openMessages(context);
      const [kind, id] = segmentsOf(path);
      if (kind === "canonical-addresses")
        return selectRows(db, { from: "canonical_addresses", sort: "_id" }, query);
      if (kind === "canonical-address" && id !== undefined)
        return selectRows(db, { from: "canonical_addresses", where: "_id = ?", args: [Number(id)] }, query);
      if (kind !== "conversations") throw unknownUri("mms-sms", path);
      if (id !== undefined) return selectRows(db, messagesOfThread(id), query);
      return selectRows(db, { from: "sms", where: NEWEST_OF_THREAD, sort: NEWEST_FIRST }, query);
    },
    insert(path) {
      throw unknownUri("mms-sms", path);
    },
    update(path, values, where, args) {
      const db = openMessages(context);
      const [kind, id] = segmentsOf(path);
      if (kind !== "conversations") throw unknownUri("mms-sms", path);
      const source: Source = id === undefined ? { from: "sms" } : messagesOfThread(id);
      return updateRows(db, "sms", values, selectIds(db, source, where, args));
    },
    delete(path, where, args) {
      const db = openMessages(context);
      const [kind, id] = segmentsOf(path);
      if (kind !== "conversations") throw unknownUri("mms-sms", path);
      const source: Source = id === undefined ? { from: "sms" } : messagesOfThread(id);
      const ids = selectIds(db, source, where, args);
      for (const message of ids) db.run("DELETE FROM sms WHERE _id = ?", [message]);
      dropEmptyThreads(db);
      return ids.length;
    },
  };
}

const NEWEST_OF_THREAD =
  "_id = (SELECT other._id FROM sms AS other WHERE other.thread_id = sms.thread_id ORDER BY other.date DESC, other._id DESC LIMIT 1)";

function smsSource(path: string): Source {
  const [kind, id] = segmentsOf(path);
  if (kind === "conversations" && id === undefined) return { from: "view_conversations", sort: NEWEST_FIRST };
  return messageSource(path);
}

function messageSource(path: string): Source {
  const [kind, id, ...rest] = segmentsOf(path);
  if (rest.length > 0) throw unknownUri("sms", path);
  if (kind === undefined) return { from: "sms", sort: NEWEST_FIRST };
  if (/^\d+$/u.test(kind) && id === undefined) return { from: "sms", where: "_id = ?", args: [Number(kind)] };
  if (kind === "conversations" && id !== undefined) return messagesOfThread(id);
  if (!(kind in BOX)) throw unknownUri("sms", path);
  const source: Source = {
    from: "sms",
    where: "type = ?",
    args: [BOX[kind as keyof typeof BOX]],
    sort: NEWEST_FIRST,
  };
  return id === undefined
    ? source
    : { ...source, where: "type = ? AND _id = ?", args: [...source.args!, Number(id)] };
}

function messagesOfThread(id: string): Source {
  return { from: "sms", where: "thread_id = ?", args: [Number(id)], sort: "date ASC, _id ASC" };
}
