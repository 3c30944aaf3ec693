import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { usePhone } from "../../support/phone.ts";

const messenger = "com.simplemobiletools.smsmessenger";
const database = "/data/data/com.android.providers.telephony/databases/mmssms.db";
const clara = "+15550100428";

const user = usePhone();
beforeEach(() => user.device.snapshots.load(cleanSnapshot));
afterAll(() => user.device.close());

const { phone } = user.device;
const box = (name: string) =>
  phone.content.query(`content://sms/${name}`, { projection: ["address", "body", "type", "read"] });

describe("Simple SMS Messenger", () => {
  beforeEach(() => user.open(messenger));

  test("sends to a number that is typed", () => {
    user.tap({ id: "conversations_fab" });
    user.fillIn({ id: "new_conversation_address" }, "+1 555 010 9090");
    user.tap("Confirm selection");
    user.fillIn({ id: "thread_type_message" }, "It's 5 o'clock & \"done\"");
    user.tap("SMS");

    expect(box("sent")[0]).toEqual({
      address: "+1 555 010 9090",
      body: "It's 5 o'clock & \"done\"",
      type: 2,
      read: 1,
    });
    const [row] = user.sql(database, "SELECT * FROM sms ORDER BY _id DESC LIMIT 1");
    expect(row).toMatchObject({ status: -1, locked: 0, seen: 1, date: phone.clock.now() });
    expect(user.find({ id: "thread_type_message" })?.text).toBe("Type a message…");
    user.back();
    expect(user.find("+1 555 010 9090")).toBeDefined();
    expect(user.find({ id: "conversations_fab" })).toMatchObject({ desc: "" });
  });

  test("does not take a number without digits", () => {
    user.tap({ id: "conversations_fab" });
    user.fillIn({ id: "new_conversation_address" }, "nobody");
    user.tap("Confirm selection");

    expect(user.find({ id: "new_conversation_address" })?.text).toBe("nobody");
  });

  test("writes to a contact from the list", () => {
    user.tap({ id: "conversations_fab" });
    user.fillIn({ id: "new_conversation_address" }, "elena");
    user.tap("Elena Grant");
    user.fillIn({ id: "thread_type_message" }, "Hello");
    user.tap("SMS");

    expect(box("sent")[0]).toMatchObject({ address: "+15550100667", body: "Hello" });
  });

  test("answers the last message of a person", () => {
    user.tap("Clara Dunn");
    expect(user.texts().filter((text) => text.includes("noodle"))).toHaveLength(1);
    user.fillIn({ id: "thread_type_message" }, "See you there.");
    user.tap("SMS");

    expect(box("sent")[0]).toMatchObject({ address: clara, body: "See you there." });
    const thread = user.sql(database, `SELECT DISTINCT thread_id FROM sms WHERE address = '${clara}'`);
    expect(thread).toHaveLength(1);
    expect(
      user.sql(
        database,
        `SELECT snippet, message_count FROM threads WHERE _id = ${String(thread[0]?.["thread_id"])}`,
      ),
    ).toEqual([{ snippet: "See you there.", message_count: 4 }]);
  });

  test("sets what went out apart from what came in by its side alone", () => {
    user.tap("Clara Dunn");

    const bubbles = user.nodes().filter((node) => node.id.endsWith("thread_message_wrapper"));
    const middle = user.device.phone.windows.width / 2;
    expect(bubbles.map(({ left, right }) => (left + right) / 2 < middle)).toEqual([true, false, true]);
    expect(bubbles.map(({ desc }) => desc)).toEqual(["", "", ""]);
  });

  test("opening a conversation reads it", () => {
    expect(phone.content.query("content://sms/inbox", { where: "read = 0" })).toHaveLength(2);
    user.tap("Alma Becker");
    user.back();

    expect(phone.content.query("content://sms/inbox", { where: "read = 0" })).toHaveLength(1);
  });

  test("deletes a conversation after a question", () => {
    user.longPress("Louis Novak");
    user.tap("Delete");
    user.tap("No");
    expect(user.find("Louis Novak")).toBeDefined();
    user.tap("Delete");
    user.tap("Yes");

    expect(user.find("Louis Novak")).toBeUndefined();
    expect(user.sql(database, "SELECT COUNT(*) AS n FROM sms WHERE address = '+15550101337'")).toEqual([
      { n: 0 },
    ]);
    expect(user.sql(database, "SELECT COUNT(*) AS n FROM threads")).toEqual([{ n: 6 }]);
  });

  test("deletes one message", () => {
    user.tap("Clara Dunn");
    user.longPress("Friday works. Where?");
    user.tap("Delete");
    user.tap("Yes");

    expect(user.find("Friday works. Where?")).toBeUndefined();
    expect(user.sql(database, `SELECT body FROM sms WHERE address = '${clara}' ORDER BY date`)).toEqual([
      { body: "Are you free for lunch on Friday?" },
      { body: "The noodle place on Mill Street, at half past twelve." },
    ]);
  });

  test("a long conversation shows its end, also when it grows, and its start after scrolling", () => {
    const receive = (from: number, to: number): void => {
      for (let i = from; i <= to; i++) user.device.receiveSms(clara, `Line ${i}`);
    };
    receive(1, 25);
    user.tap("Clara Dunn");
    expect(user.find("Line 25")).toBeDefined();
    expect(user.find("Line 1")).toBeUndefined();
    receive(26, 27);
    expect(user.find("Line 27")).toBeDefined();

    for (let i = 0; i < 4; i++) phone.windows.swipe(540, 700, 540, 1800, 300);
    expect(user.find("Are you free for lunch on Friday?")).toBeDefined();
    expect(user.find("Line 27")).toBeUndefined();
    user.fillIn({ id: "thread_type_message" }, "Enough");
    user.tap("SMS");
    expect(user.find("Enough")).toBeDefined();
  });

  test("copies a message and forwards it", () => {
    user.tap("Henry Jonas");
    user.longPress("Platform 7, at 8:42 in the morning.");
    user.tap("Copy to clipboard");
    expect(phone.clipboard.get()).toBe("Platform 7, at 8:42 in the morning.");

    user.longPress("Platform 7, at 8:42 in the morning.");
    user.tap("More options");
    user.tap("Forward");
    user.tap("Felix Hart");
    user.tap("SMS");

    expect(box("sent")[0]).toMatchObject({
      address: "+15550100712",
      body: "Platform 7, at 8:42 in the morning.",
    });
  });

  test("keeps what was typed as a draft", () => {
    user.tap("Greta Ibsen");
    user.fillIn({ id: "thread_type_message" }, "Thank you, I will");
    phone.windows.hideKeyboard();
    user.back();
    expect(user.find("Draft")).toBeDefined();
    expect(box("draft")).toEqual([{ address: "+15550100845", body: "Thank you, I will", type: 3, read: 1 }]);

    user.tap("Greta Ibsen");
    expect(user.find("Thank you, I will")).toBeDefined();
    user.tap("SMS");
    expect(box("draft")).toEqual([]);
    expect(box("sent")[0]).toMatchObject({ body: "Thank you, I will" });
  });

  test("cannot send in airplane mode, and can try again", () => {
    phone.settings.put("global", "airplane_mode_on", "1");
    user.tap("Clara Dunn");
    user.fillIn({ id: "thread_type_message" }, "Stuck");
    user.tap("SMS");
    expect(box("failed")).toEqual([{ address: clara, body: "Stuck", type: 5, read: 1 }]);

    phone.settings.put("global", "airplane_mode_on", "0");
    user.tap("Not sent. Touch to retry.");
    expect(box("failed")).toEqual([]);
    expect(box("sent")[0]).toMatchObject({ body: "Stuck" });
  });

  test("shows a message that comes in, under the contact's name", () => {
    user.device.receiveSms("5550101156", "I am at the door");

    expect(user.find("Jacob Lindt")).toBeDefined();
    expect(user.find("I am at the door")).toBeDefined();
    expect(box("inbox")[0]).toEqual({ address: "5550101156", body: "I am at the door", type: 1, read: 0 });
  });

  test("takes another app's text for a number", () => {
    phone.activities.start({
      action: "android.intent.action.SENDTO",
      data: "sms:5550177",
      extras: { sms_body: "Hi there" },
    });
    phone.windows.invalidate();
    user.tap("SMS");

    expect(box("sent")[0]).toMatchObject({ address: "5550177", body: "Hi there" });
    expect(phone.activities.top().package).toBe(messenger);
  });

  test("finds words in messages", () => {
    user.fillIn({ id: "top_toolbar_search" }, "flower");

    expect(user.find("The spare key is under the blue flower pot.")).toBeDefined();
    expect(user.find("Louis Novak")).toBeUndefined();
  });

  test("is empty once every row is gone, and goes on from there", () => {
    phone.databases.open(database).exec("DELETE FROM sms; DELETE FROM threads;");
    phone.windows.invalidate();
    expect(user.find("No stored conversations have been found")).toBeDefined();

    user.device.receiveSms(clara, "Are you there?");
    expect(user.find("Clara Dunn")).toBeDefined();
  });
});

describe("the telephony provider", () => {
  test("sorts the newest first and lists conversations", () => {
    const dates = phone.content.query("content://sms").map((row) => Number(row["date"]));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));

    const conversations = phone.content.query("content://sms/conversations");
    expect(conversations[0]).toMatchObject({
      msg_count: 3,
      snippet: "The spare key is under the blue flower pot.",
    });
    expect(conversations).toHaveLength(7);
  });

  test("has the columns of Android", () => {
    expect(Object.keys(phone.content.query("content://sms/sent")[0] ?? {})).toEqual([
      "_id",
      "thread_id",
      "address",
      "person",
      "date",
      "date_sent",
      "protocol",
      "read",
      "status",
      "type",
      "reply_path_present",
      "subject",
      "body",
      "service_center",
      "locked",
      "sub_id",
      "error_code",
      "creator",
      "seen",
    ]);
  });

  test("refuses unknown addresses and columns", () => {
    expect(() => phone.content.query("content://sms/nowhere")).toThrow("Unknown URI");
    expect(() => phone.content.insert("content://sms/sent", { text: "x" })).toThrow("Invalid column text");
  });
});
