import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { usePhone } from "../../support/phone.ts";

const folder = "/storage/emulated/0/Documents/Markor";

const user = usePhone();
const { files } = user.device.phone;
beforeEach(() => {
  user.device.snapshots.load(cleanSnapshot);
  user.open("net.gsantner.markor");
});
afterAll(() => user.device.close());

const editor = { id: "document__fragment__edit__highlighting_editor" };
const read = (name: string): string => files.readText(`${folder}/${name}`);

function create(name: string, button: "OK" | "Folder" = "OK"): void {
  user.tap("Create a new file or folder");
  user.fillIn({ id: "new_file_dialog__name" }, name);
  user.tap(button);
}

describe("Markor", () => {
  test("makes a note with a name and a text", () => {
    create("harvest");
    user.tap(editor);
    user.type('Pears: 12\nPlums: "many" & more');
    user.tap("Save");
    user.device.phone.windows.hideKeyboard();
    user.back();

    expect(read("harvest.md")).toBe('Pears: 12\nPlums: "many" & more');
    expect(user.see("harvest.md")).toBeDefined();
  });

  test("a plain text file gets its extension from the type", () => {
    user.tap("Create a new file or folder");
    user.tap("Markdown");
    user.tap("Plain Text");
    user.fillIn({ id: "new_file_dialog__name" }, "numbers");
    user.tap("OK");

    expect(files.exists(`${folder}/numbers.txt`)).toBe(true);
  });

  test("a name with the extension does not get it twice, and a path in it stays in the notebook", () => {
    create("twice.md");
    user.back();
    create("../../secret");

    expect(files.list(folder)).toContain("twice.md");
    expect(files.list(folder)).toContain("....secret.md");
  });

  test("an empty name makes nothing", () => {
    const before = files.list(folder);
    user.tap("Create a new file or folder");
    user.tap("OK");
    expect(user.find("Cancel")).toBeDefined();
    user.tap("Cancel");

    expect(files.list(folder)).toEqual(before);
  });

  test("an existing note is opened, not overwritten", () => {
    const before = read("garden.md");
    create("garden");

    expect(user.find(editor)?.text).toContain("Water the tomatoes");
    expect(read("garden.md")).toBe(before);
  });

  test("leaving the editor saves", () => {
    user.tap("travel_plan.md");
    user.tap(editor);
    user.type("Back on Sunday.");
    user.home();

    expect(read("travel_plan.md")).toMatch(/Hotel Seeblick, two nights\.\n?Back on Sunday\.\n?$/u);
  });

  test("replaces a text and takes it back", () => {
    const before = read("gift_ideas.txt");
    user.tap("gift_ideas.txt");
    user.fillIn(editor, "");
    user.tap("Undo");

    expect(read("gift_ideas.txt")).not.toBe("");
    expect(before.startsWith(read("gift_ideas.txt"))).toBe(true);
  });

  test("shows what a note says, without its signs", () => {
    user.tap("shopping_list.md");
    user.tap("View mode");

    expect(user.texts()).toEqual(expect.arrayContaining(["Shopping list", "☐ Bread", "☑ Coffee"]));
    user.tap("Edit mode");
    expect(user.find(editor)).toBeDefined();
  });

  test("deletes a note after a question", () => {
    user.longPress("wifi_codes.txt");
    user.tap("Delete");
    user.tap("Cancel");
    expect(files.exists(`${folder}/wifi_codes.txt`)).toBe(true);
    user.tap("Delete");
    user.tap("OK");

    expect(files.exists(`${folder}/wifi_codes.txt`)).toBe(false);
    expect(user.find("wifi_codes.txt")).toBeUndefined();
  });

  test("renames a note, but not over another", () => {
    user.longPress("book_ideas.md");
    user.tap("Rename");
    user.fillIn({ id: "new_name" }, "garden.md");
    user.tap("OK");
    expect(read("garden.md")).toContain("tomatoes");

    user.fillIn({ id: "new_name" }, "reading.md");
    user.tap("OK");
    expect(files.exists(`${folder}/book_ideas.md`)).toBe(false);
    expect(read("reading.md")).toContain("Maps of Winter");
    expect(user.see("reading.md")).toBeDefined();
  });

  test("makes a folder and moves a note into it", () => {
    create("Archive", "Folder");
    expect(files.stat(`${folder}/Archive`).kind).toBe("directory");

    user.longPress("meeting_notes.md");
    user.tap("More options");
    user.tap("Move");
    user.tap({ text: "Archive" });
    user.tap("Select this folder");

    expect(files.exists(`${folder}/meeting_notes.md`)).toBe(false);
    expect(read("Archive/meeting_notes.md")).toContain("Budget is approved");
    user.tap("Archive");
    expect(user.find("meeting_notes.md")).toBeDefined();
    user.back();
    expect(user.find("garden.md")).toBeDefined();
  });

  test("copies a folder with what is in it", () => {
    create("Copies", "Folder");
    user.longPress("Recipes");
    user.tap("More options");
    user.tap("Copy");
    user.tap({ text: "Copies" });
    user.tap("Select this folder");

    expect(read("Copies/Recipes/pancakes.md")).toBe(read("Recipes/pancakes.md"));
  });

  test("sorts by date, the newest first", () => {
    user.tap("Sort by");
    user.tap("Date");
    user.tap("OK");

    const names = user
      .nodes()
      .filter((node) => node.id.endsWith("item__title"))
      .map((node) => node.text);
    expect(names.slice(0, 3)).toEqual(["Recipes", "shopping_list.md", "meeting_notes.md"]);
  });

  test("finds notes by their text, in folders too", () => {
    user.tap("Search");
    user.fillIn({ id: "search_src_text" }, "flour");

    expect(user.find("pancakes.md")).toBeDefined();
    expect(user.find("garden.md")).toBeUndefined();
  });

  test("QuickNote and ToDo are files of the notebook", () => {
    user.tap("QuickNote");
    user.tap(editor);
    user.type("Call the bank");
    expect(read("QuickNote.md")).toBe("Call the bank");

    user.tap("ToDo");
    expect(user.find(editor)?.text).not.toContain("Call the bank");
    user.back();
    expect(user.find("Create a new file or folder")).toBeDefined();
  });

  test("shows a file that another app wrote", () => {
    files.write(`${folder}/from_outside.md`, "x");
    user.device.phone.windows.invalidate();

    expect(user.see("from_outside.md")).toBeDefined();
  });
});
