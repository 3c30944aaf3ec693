import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Intent } from "../../../src/sim/system/services.ts";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { usePhone } from "../../support/phone.ts";

const contacts = "com.google.android.contacts";
const storage = "com.android.providers.contacts";
const database = "/data/data/com.android.providers.contacts/databases/contacts2.db";

const user = usePhone();
beforeEach(() => user.device.snapshots.load(cleanSnapshot));
afterAll(() => user.device.close());

describe("Contacts", () => {
  beforeEach(() => user.open(contacts));

  /** As AndroidWorld lists contacts. */
  const phones = () =>
    user.device.phone.content.query("content://contacts/phones/", { projection: ["display_name", "number"] });
  const start = (intent: Intent) => {
    user.device.phone.activities.start(intent);
    user.device.phone.windows.invalidate();
  };

  function create(first: string, last: string, phone: string): void {
    user.tap("Create contact");
    user.fillIn({ id: "first_field" }, first);
    user.fillIn({ id: "last_field" }, last);
    user.fillIn({ id: "phones_0" }, phone);
    user.tap("Save");
  }

  test("makes a contact, which is listed, shown and stored as Android stores it", () => {
    create("Mira", "O'Neil", "+1 555-0199");

    expect(user.find({ id: "large_title" })?.text).toBe("Mira O'Neil");
    expect(user.find("+1 555-0199")).toBeDefined();
    expect(phones()).toContainEqual({ display_name: "Mira O'Neil", number: "+1 555-0199" });
    const rows = user.sql(
      database,
      `SELECT mimetype, data1, data2, data3, display_name FROM view_data WHERE display_name LIKE 'Mira%' ORDER BY _id`,
    );
    expect(rows).toEqual([
      {
        mimetype: "vnd.android.cursor.item/name",
        data1: "Mira O'Neil",
        data2: "Mira",
        data3: "O'Neil",
        display_name: "Mira O'Neil",
      },
      {
        mimetype: "vnd.android.cursor.item/phone_v2",
        data1: "+1 555-0199",
        data2: "2",
        data3: null,
        display_name: "Mira O'Neil",
      },
    ]);
    user.back();
    expect(user.see("Mira O'Neil")).toBeDefined();
  });

  test("a name may be there twice", () => {
    create("Clara", "Dunn", "123");

    expect(phones().filter((row) => row["display_name"] === "Clara Dunn")).toHaveLength(2);
  });

  test("saves nothing where nothing was entered", () => {
    const before = phones();
    user.tap("Create contact");
    user.tap("Save");

    expect(phones()).toEqual(before);
    expect(user.find("Search contacts")).toBeDefined();
  });

  test("asks before it discards what was entered", () => {
    user.tap("Create contact");
    user.fillIn({ id: "first_field" }, "Nobody");
    user.device.phone.windows.hideKeyboard();
    user.back();
    expect(user.find("Discard changes?")).toBeDefined();

    user.tap("Keep editing");
    expect(user.find({ id: "first_field" })?.text).toBe("Nobody");
    user.tap("Close");
    user.tap("Discard");

    expect(user.find("Create contact")).toBeDefined();
    expect(user.find("Nobody")).toBeUndefined();
  });

  test("shows the number of a contact", () => {
    user.tap("Greta Ibsen");

    expect(user.texts()).toEqual(
      expect.arrayContaining(["Greta Ibsen", "Northside Library", "+15550100845", "Work"]),
    );
  });

  test("changes a number and its label", () => {
    user.tap("Daniel Ferris");
    user.tap("Edit contact");
    user.fillIn({ id: "phones_0" }, "555 777");
    user.tap("Home Phone");
    user.tap("Work");
    user.tap("Save");

    expect(user.texts()).toEqual(expect.arrayContaining(["Daniel Ferris", "555 777", "Work"]));
    expect(phones()).toContainEqual({ display_name: "Daniel Ferris", number: "555 777" });
    expect(phones().filter((row) => row["display_name"] === "Daniel Ferris")).toHaveLength(1);
  });

  test("deletes a contact after a question", () => {
    user.tap("Henry Jonas");
    user.tap("More options");
    user.tap("Delete");
    user.tap("Cancel");
    expect(phones()).toHaveLength(12);

    user.tap("More options");
    user.tap("Delete");
    user.tap({ id: "button1" });

    expect(user.find("Henry Jonas")).toBeUndefined();
    expect(phones()).toHaveLength(11);
    expect(user.sql(database, "SELECT COUNT(*) AS n FROM data WHERE data1 LIKE '%Henry%'")).toEqual([
      { n: 0 },
    ]);
  });

  test("deletes several contacts from the list", () => {
    user.longPress("Alma Becker");
    user.tap("Boris Carter");
    user.tap("Delete");
    user.tap({ id: "button1" });

    expect(phones().map((row) => row["display_name"])).not.toContain("Alma Becker");
    expect(phones()).toHaveLength(10);
  });

  test("finds by the beginning of a name and by number", () => {
    user.fillIn({ id: "open_search_bar" }, "dun");
    expect(user.find("Clara Dunn")).toBeDefined();
    expect(user.find("Alma Becker")).toBeUndefined();

    user.fillIn({ id: "open_search_bar" }, "0100311");
    expect(user.find("Boris Carter")).toBeDefined();
    expect(user.find("Clara Dunn")).toBeUndefined();
  });

  test("a star is stored", () => {
    user.tap("Alma Becker");
    user.tap("Add to favorites");

    expect(user.find("Remove from favorites")).toBeDefined();
    expect(
      user.sql(database, "SELECT starred FROM view_contacts WHERE display_name = 'Alma Becker'"),
    ).toEqual([{ starred: 1 }]);
  });

  test("an intent opens the editor with a draft", () => {
    start({
      action: "android.intent.action.INSERT",
      type: "vnd.android.cursor.dir/contact",
      extras: { name: "Ada King", phone: "5550142" },
    });
    expect(user.find({ id: "first_field" })?.text).toBe("Ada");
    user.tap("Save");
    user.back();

    expect(phones()).toContainEqual({ display_name: "Ada King", number: "5550142" });
  });

  test("a contact that was deleted under the editor is made anew", () => {
    user.tap("Daniel Ferris");
    user.tap("Edit contact");
    user.device.phone.content.delete(
      "content://com.android.contacts/contacts",
      "display_name = 'Daniel Ferris'",
    );
    user.fillIn({ id: "first_field" }, "Dan");
    user.tap("Save");

    expect(phones()).toContainEqual({ display_name: "Dan Ferris", number: "+15550100590" });
  });

  test("an email and a company are kept", () => {
    user.tap("Create contact");
    user.fillIn({ id: "company_field" }, "Quiet Harbour Ltd");
    user.fillIn({ id: "emails_0" }, "office@example.com");
    user.tap("Save");

    expect(user.find({ id: "large_title" })?.text).toBe("Quiet Harbour Ltd");
    expect(user.find("office@example.com")).toBeDefined();
  });
});

describe("the contacts provider", () => {
  test("takes raw contacts and data, and finds them by number", () => {
    const { content } = user.device.phone;
    const raw = content.insert("content://com.android.contacts/raw_contacts", {
      account_type: null,
      account_name: null,
    });
    const id = Number(raw.split("/").at(-1));
    content.insert("content://com.android.contacts/data", {
      raw_contact_id: id,
      mimetype: "vnd.android.cursor.item/name",
      data1: "Pavel Orlov",
    });
    content.insert("content://com.android.contacts/data", {
      raw_contact_id: id,
      mimetype: "vnd.android.cursor.item/phone_v2",
      data1: "(555) 010-7788",
      data2: 2,
    });

    const found = content.query("content://com.android.contacts/phone_lookup/+15550107788", {
      projection: ["display_name", "number", "type"],
    });
    expect(found).toEqual([{ display_name: "Pavel Orlov", number: "(555) 010-7788", type: "2" }]);
    expect(
      content.query("content://com.android.contacts/data/phones", {
        projection: ["data1"],
        where: "display_name='Pavel Orlov'",
      }),
    ).toEqual([{ data1: "(555) 010-7788" }]);
    expect(content.delete("content://com.android.contacts/raw_contacts", `_id=${id}`)).toBe(1);
    expect(content.query("content://com.android.contacts/contacts/filter/Pavel")).toEqual([]);
  });

  test("refuses unknown columns and addresses", () => {
    const { content } = user.device.phone;

    expect(() => content.query("content://contacts/phones", { projection: ["telephone"] })).toThrow(
      "Invalid column telephone",
    );
    expect(() => content.query("content://com.android.contacts/nothing")).toThrow("Unknown URI");
    expect(() =>
      content.insert("content://com.android.contacts/data", { raw_contact_id: 9999, mimetype: "x/y" }),
    ).toThrow("names no raw contact");
  });

  test("has no contacts after its data was cleared", () => {
    user.device.phone.clearApp(storage);
    user.open(contacts);

    expect(user.find("No contacts yet")).toBeDefined();
    expect(user.device.phone.content.query("content://contacts/phones/")).toEqual([]);
  });
});
