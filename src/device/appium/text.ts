import { setTimeout as delay } from "node:timers/promises";
import { AndroidGenError } from "../../errors.ts";
import { otherText, quoted } from "../act/field-text.ts";
import { focusStayed, isStill, type MeantField } from "../act/focus.ts";
import { type Element, type FieldText, holds } from "../../screen/index.ts";
import type { ActionResult } from "../device.ts";
import type { Client, FocusedElement } from "./client.ts";
import type { Session } from "./session.ts";

export interface TextOptions {
  session: Session;
  pressEnter: () => Promise<void>;
  /** Another way to replace the text of the focused field, for fields that refuse to be set. */
  otherwise: (text: string) => Promise<ActionResult>;
}

/** A field may get the focus, and show its text, a moment after it was asked to. */
const patienceMs = 1000;
const pollMs = 50;

/**
 * Replaces the text of the focused field by the accessibility action ACTION_SET_TEXT, which takes any Unicode, and
 * reads it back. Line breaks at the end are pressed as Enter, which submits a field of one line; those within are part
 * of the text. A field that refuses the action is typed into. Where another field than the one that is meant has the
 * focus, it is given a moment to get there; nothing is set where it stays in the one that had it before the tap.
 */
export async function replaceText(
  text: string,
  meant: MeantField,
  options: TextOptions,
): Promise<ActionResult> {
  const { session, pressEnter, otherwise } = options;
  const body = text.replace(/[\r\n]+$/u, "");
  // The server takes these two characters at the end for a wish to press Enter (SendKeysToElement.java).
  if (body.endsWith("\\n")) return otherwise(text);
  const set = await setFocused(session, body, meant);
  if (typeof set === "string") return { ok: false, reason: set };
  if (set === undefined) return { ok: false, reason: "no text field has the focus; tap one first" };
  if (set instanceof Error || !holds(set.after, body)) {
    const untouched = set instanceof Error || set.after.text === set.before.text;
    if (!untouched) return otherText(set.after, body);
    const typed = await otherwise(text);
    if (typed.ok) return typed;
    const why = set instanceof Error ? set.message : `the field still held ${quoted(set.after.text)}`;
    return { ok: false, reason: `${typed.reason}; setting it at once failed too: ${why}` };
  }
  const breaks = text.slice(body.length).match(/\r\n?|\n/gu)?.length ?? 0;
  for (let n = 0; n < breaks; n++) await pressEnter();
  return { ok: true };
}

interface SetText {
  before: FieldText;
  after: FieldText;
}

/**
 * The focused field before and after; undefined where none has the focus, an error where the field refused, a reason
 * where another field keeps the focus. All of it may be done again on a new session: the text is replaced, not added to.
 */
async function setFocused(
  session: Session,
  text: string,
  meant: MeantField,
): Promise<SetText | Error | string | undefined> {
  try {
    return await session.read("setting a text", async (client) => {
      const field = await focusedField(client, meant);
      if (field === undefined) return undefined;
      if (meant.before !== undefined && isStill(meant.before, field)) return focusStayed(meant.before);
      await client.setText(field.id, text);
      return { before: withoutHint(field), after: await shown(client, field, text) };
    });
  } catch (error) {
    if (AndroidGenError.isInstance(error) && error.code === "APPIUM_REFUSED") return error;
    throw error;
  }
}

async function focusedField(
  client: Client,
  { field: wanted, before }: MeantField,
): Promise<FocusedElement | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const field = await client.focused();
    const found =
      field !== undefined && !isStill(before, field) && (wanted === undefined || isSame(field, wanted));
    // One that looks otherwise by now is taken in the end: an app may change its field as it gets the focus.
    if (found || performance.now() > deadline) return field;
    await delay(pollMs);
  }
}

/** By what a field shows: a keyboard that comes up may have moved it. */
function isSame(field: FocusedElement, wanted: Element): boolean {
  return (
    field.className === wanted.className &&
    field.resourceId === wanted.resourceId &&
    withoutHint(field).text === wanted.text
  );
}

/** What the field shows once it shows the text, or at last. */
async function shown(client: Client, field: FocusedElement, text: string): Promise<FieldText> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const now = withoutHint({ ...field, text: await client.textOf(field.id) });
    if (holds(now, text) || performance.now() > deadline) return now;
    await delay(pollMs);
  }
}

/** Since API 26 an empty field gives its hint as its text. */
function withoutHint({ text, hint, password }: FieldText): FieldText {
  return { text: hint !== "" && text === hint ? "" : text, hint, password };
}
