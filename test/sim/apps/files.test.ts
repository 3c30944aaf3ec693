import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { usePhone, type PhoneUser } from "../../support/phone.ts";

const storage = "/storage/emulated/0";

describe("Files", () => {
  let user: PhoneUser;
  const files = () => user.device.phone.files;

  beforeAll(() => {
    user = usePhone();
  });
  beforeEach(() => {
    user.reset();
    user.open("com.google.android.documentsui");
  });
  afterAll(() => user.device.close());

  function openStorage(): void {
    user.tap("Show roots");
    user.tap("sdk_gphone64_x86_64");
  }

  function choose(item: string): void {
    user.tap("More options");
    user.tap(item);
  }

  test("starts in the downloads, with names, sizes and dates", () => {
    expect(user.texts()).toContain("Downloads");
    expect(user.texts()).toContain("invoice_2041.txt");
    expect(user.find({ contains: " B, TXT document" })).toBeDefined();
  });

  test("makes a folder and opens it", () => {
    openStorage();
    user.tap("Documents");
    choose("New folder");
    user.type("Holiday");
    user.tap("OK");
    expect(files().stat(`${storage}/Documents/Holiday`).kind).toBe("directory");
    expect(user.texts()).toContain("No items");
    user.back();
    expect(user.find("Holiday")).toBeDefined();
  });

  test("a new folder needs a name, and gets another where it is taken", () => {
    openStorage();
    choose("New folder");
    user.tap("OK");
    expect(user.find("New folder")).toBeDefined();
    user.type("Music");
    user.enter();
    expect(files().exists(`${storage}/Music (1)`)).toBe(true);
    user.back();
    choose("New folder");
    user.type("a/b:c");
    user.tap("OK");
    expect(files().exists(`${storage}/a_b_c`)).toBe(true);
  });

  test("renames a file, but not to a name that is taken", () => {
    user.longPress("invoice_2041.txt");
    expect(user.texts()).toContain("1 selected");
    choose("Rename");
    user.fillIn({ id: "text1" }, "bike_manual.md");
    user.tap("OK");
    expect(user.texts()).toContain("A file with this name already exists.");
    user.fillIn({ id: "text1" }, "paid.txt");
    user.tap("OK");
    expect(files().list(`${storage}/Download`)).toContain("paid.txt");
    expect(files().list(`${storage}/Download`)).not.toContain("invoice_2041.txt");
  });

  test("deletes a file after asking", () => {
    user.longPress("bike_manual.md");
    user.tap("Delete");
    expect(user.texts()).toContain("Delete “bike_manual.md”?");
    user.tap("Cancel");
    expect(files().exists(`${storage}/Download/bike_manual.md`)).toBe(true);
    user.tap("Delete");
    user.tap("OK");
    expect(files().exists(`${storage}/Download/bike_manual.md`)).toBe(false);
    expect(user.texts()).toContain("Downloads");
  });

  test("deletes all that is selected", () => {
    choose("Select all");
    user.tap("Delete");
    user.tap("OK");
    expect(files().list(`${storage}/Download`)).toEqual([]);
    expect(user.texts()).toContain("No items");
  });

  test("moves a file to a folder", () => {
    user.longPress("boarding_pass.txt");
    choose("Move to…");
    user.tap("Documents");
    user.tap("Work");
    user.tap("MOVE");
    expect(files().exists(`${storage}/Documents/Work/boarding_pass.txt`)).toBe(true);
    expect(files().exists(`${storage}/Download/boarding_pass.txt`)).toBe(false);
    expect(user.texts()).toContain("Downloads");
    expect(user.find("boarding_pass.txt")).toBeUndefined();
  });

  test("copies a folder with what it holds, and cannot put it into itself", () => {
    openStorage();
    user.longPress("Documents");
    choose("Copy to…");
    user.tap("Documents");
    user.tap("COPY");
    expect(user.find("COPY")).toBeDefined();
    user.tap("Cancel".toUpperCase());
    expect(user.texts()).toContain("1 selected");
    choose("Copy to…");
    user.tap("Pictures");
    user.tap("COPY");
    expect(files().readText(`${storage}/Pictures/Documents/Work/timesheet.csv`)).toBe(
      files().readText(`${storage}/Documents/Work/timesheet.csv`),
    );
  });

  test("a copy beside its original gets a number", () => {
    user.longPress("invoice_2041.txt");
    choose("Copy to…");
    user.tap("Download");
    user.tap("COPY");
    expect(files().list(`${storage}/Download`)).toContain("invoice_2041 (1).txt");
  });

  test("searches below the folder", () => {
    openStorage();
    user.tap("Search");
    user.type("timesheet");
    expect(user.find("timesheet.csv")).toBeDefined();
    user.fillIn({ id: "search_src_text" }, "nowhere");
    expect(user.texts()).toContain("No matches");
    user.tap("Collapse");
    expect(user.find("Alarms")).toBeDefined();
  });

  test("sorts by size", () => {
    choose("Sort by…");
    user.tap("Size (largest first)");
    const sizes = files()
      .list(`${storage}/Download`)
      .map((name) => ({ name, size: files().stat(`${storage}/Download/${name}`).size }))
      .sort((a, b) => b.size - a.size);
    const shown = user.texts().filter((text) => sizes.some(({ name }) => name === text));
    expect(shown).toEqual(sizes.map(({ name }) => name));
  });

  test("shows pictures wherever they lie, and what a text says", () => {
    user.tap("Show roots");
    user.tap("Images");
    expect(user.find("harbour.png")).toBeDefined();
    expect(user.find("IMG_20231012_184233.png")).toBeDefined();
    user.tap("Show roots");
    user.tap("Downloads");
    user.tap("boarding_pass.txt");
    expect(user.find({ contains: "seat 14C" })).toBeDefined();
  });

  test("back closes what is open, goes up a folder, and then leaves", () => {
    openStorage();
    user.tap("Documents");
    user.tap("Work");
    user.longPress("timesheet.csv");
    user.back();
    expect(user.find("Work")).toBeDefined();
    user.back();
    expect(user.find("meeting_minutes.txt")).toBeDefined();
    user.back();
    expect(user.find("Alarms")).toBeDefined();
    user.back();
    expect(user.device.phone.activities.top().package).toBe("com.google.android.apps.nexuslauncher");
  });

  test("goes on where the files it works on are removed meanwhile", () => {
    user.longPress("bike_manual.md");
    choose("Rename");
    files().remove(`${storage}/Download/bike_manual.md`);
    user.tap("OK");
    user.longPress("invoice_2041.txt");
    choose("Copy to…");
    files().remove(`${storage}/Download`);
    user.tap("COPY");
    expect(user.texts()).toContain("No items");
  });

  test("the same seed gives the same files, another one other dates", () => {
    const dates = (seed: number): number[] => {
      const other = usePhone(seed);
      const { files: store } = other.device.phone;
      const found = store
        .list(`${storage}/Download`)
        .map((name) => store.stat(`${storage}/Download/${name}`).mtime);
      other.device.close();
      return found;
    };
    expect(dates(5)).toEqual(dates(5));
    expect(dates(5)).not.toEqual(dates(6));
  });
});
