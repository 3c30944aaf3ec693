import { describe, expect, test } from "@jest/globals";
import { infraError } from "../../../src/errors.ts";
import type { ActionResult } from "../../../src/device/index.ts";
import type { MeantField } from "../../../src/device/act/focus.ts";
import type { Element } from "../../../src/screen/index.ts";
import type { Client, FocusedElement } from "../../../src/device/appium/client.ts";
import type { Session } from "../../../src/device/appium/session.ts";
import { replaceText } from "../../../src/device/appium/text.ts";

interface FakeField extends Partial<FocusedElement> {
  /** What the field makes of a text that it is given. */
  takes?: (text: string) => string;
  /** It refuses to be set. */
  refuses?: boolean;
  /** Has the focus in its place for the first two looks. */
  late?: Partial<FocusedElement>;
}

/** One field with the focus, and the ways to write into it. */
function fakeField({
  takes = (text) => text,
  refuses = false,
  late,
  ...field
}: FakeField | ({ none: true } & FakeField) = {}) {
  const state = {
    id: "e1",
    className: "android.widget.EditText",
    resourceId: "app:id/f",
    text: "",
    hint: "",
    password: false,
    bounds: { left: 0, top: 0, right: 0, bottom: 0 },
    ...field,
  };
  const log: string[] = [];
  let looks = 0;
  let typed: ActionResult = { ok: true };
  const client = {
    async focused() {
      looks++;
      if ("none" in field) return undefined;
      return late !== undefined && looks <= 2 ? { ...state, id: "before", ...late } : { ...state };
    },
    async setText(id: string, text: string) {
      if (id !== state.id) throw new Error("this is another field");
      if (refuses) throw infraError("APPIUM_REFUSED", "Cannot set the element");
      state.text = takes(text) || state.hint;
    },
    textOf: async () => state.text,
  } as unknown as Client;
  const session = { read: (_what: string, call: (c: Client) => Promise<unknown>) => call(client) } as Session;
  return {
    state,
    log,
    looks: () => looks,
    typingGives: (result: ActionResult) => (typed = result),
    replace: (text: string, meant: MeantField = {}) =>
      replaceText(text, meant, {
        session,
        pressEnter: async () => void log.push("enter"),
        otherwise: async (wanted) => {
          log.push(`type ${JSON.stringify(wanted)}`);
          return typed;
        },
      }),
  };
}

const texts: [string, string][] = [
  ["nothing", ""],
  ["ASCII", " !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~"],
  ["what a shell would run", "$(reboot) `reboot`; reboot"],
  ["lines", "one\ntwo\n\nfour"],
  ["emoji", "ok 👍🏽 👩‍👩‍👧 🇳🇴"],
  ["combining marks", "e\u0301 a\u0308"],
  ["2000 characters", "长".repeat(2000)],
];

describe("a text is set as a whole and read back", () => {
  test.each(texts)("%s", async (_, text) => {
    const field = fakeField({ text: "before" });
    expect(await field.replace(text)).toEqual({ ok: true });
    expect(field.state.text).toBe(text);
    expect(field.log).toEqual([]);
  });
});

describe("a field that was tapped", () => {
  const bounds = { left: 0, top: 300, right: 1000, bottom: 400 };
  const tapped = {
    className: "android.widget.EditText",
    resourceId: "app:id/f",
    text: "b",
    bounds,
  } as Element;

  test("is waited for where the one before still has the focus", async () => {
    const before = { resourceId: "app:id/before", text: "a" };
    const field = fakeField({ text: "b", late: before });
    expect(await field.replace("new", { field: tapped })).toEqual({ ok: true });
    expect(field.looks()).toBe(3);
    expect(field.state).toMatchObject({ resourceId: "app:id/f", text: "new" });
  });

  test("may look otherwise once it has the focus", async () => {
    const field = fakeField({ text: "as you type", resourceId: "app:id/f" });
    expect(await field.replace("new", { field: tapped })).toEqual({ ok: true });
    expect(field.state.text).toBe("new");
  });

  const twin = { ...tapped, hint: "First name", bounds: { ...bounds, top: 100, bottom: 200 } };

  test("is waited for where one that looks the same still has the focus", async () => {
    const field = fakeField({ text: "b", bounds, late: { bounds: twin.bounds } });
    expect(await field.replace("new", { field: tapped, before: twin })).toEqual({ ok: true });
    expect(field.state).toMatchObject({ bounds, text: "new" });
  });

  test("does not get its text into the one that keeps the focus", async () => {
    const field = fakeField({ text: "b", bounds: twin.bounds });
    expect(await field.replace("new", { field: tapped, before: twin })).toEqual({
      ok: false,
      reason: 'the field that was tapped did not get the focus: another one, "b", still has it',
    });
    expect(field.state.text).toBe("b");
  });
});

test("line breaks at the end are pressed as Enter", async () => {
  const field = fakeField();
  expect(await field.replace("pizza\r\n\n")).toEqual({ ok: true });
  expect(field.state.text).toBe("pizza");
  expect(field.log).toEqual(["enter", "enter"]);
});

test("a backslash and an n at the end are typed: the server would press Enter for them", async () => {
  const field = fakeField();
  expect(await field.replace("C:\\n")).toEqual({ ok: true });
  expect(field.log).toEqual(['type "C:\\\\n"']);
});

test("an emptied field shows its hint", async () => {
  expect(await fakeField({ text: "old", hint: "Search" }).replace("")).toEqual({ ok: true });
});

test("a password shows bullets", async () => {
  const field = fakeField({ password: true, takes: (text) => "•".repeat(text.length) });
  expect(await field.replace("pass😀")).toEqual({ ok: true });
});

test("a number may be written in another way", async () => {
  const field = fakeField({ takes: () => "(555) 123-4567" });
  expect(await field.replace("5551234567")).toEqual({ ok: true });
});

test("what the field made of the text is told", async () => {
  const field = fakeField({ text: "before", takes: (text) => text.slice(0, 4) });
  expect(await field.replace("too long")).toEqual({
    ok: false,
    reason: 'the field holds "too " after "too long" was put into it',
  });
  expect(field.log).toEqual([]);
});

test("a field that refuses, or does nothing, is typed into", async () => {
  const refusing = fakeField({ refuses: true });
  expect(await refusing.replace("x")).toEqual({ ok: true });
  expect(refusing.log).toEqual(['type "x"']);
  const idle = fakeField({ text: "before", takes: () => "before" });
  expect(await idle.replace("x")).toEqual({ ok: true });
  expect(idle.log).toEqual(['type "x"']);
});

test("where typing fails too, both are told", async () => {
  const field = fakeField({ refuses: true });
  field.typingGives({ ok: false, reason: "no key types this" });
  expect(await field.replace("写")).toEqual({
    ok: false,
    reason: "no key types this; setting it at once failed too: Cannot set the element",
  });
});

test("without a field that has the focus there is a refusal", async () => {
  expect(await fakeField({ none: true }).replace("x")).toEqual({
    ok: false,
    reason: "no text field has the focus; tap one first",
  });
});
