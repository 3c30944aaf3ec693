import type { Point } from "../../action/index.ts";
import { isFieldsOwn, otherText, quoted } from "../act/field-text.ts";
import { focusStayed, isStill, type MeantField } from "../act/focus.ts";
import { keyCodes } from "../act/key-codes.ts";
import { type Element, holds } from "../../screen/index.ts";
import type { ActionResult, TextWay } from "../device.ts";
import type { Commands } from "../commands.ts";
import { typeText, type TypingWay, waysFor } from "./text-ways.ts";
import { clearField, pressKeys, typeWithKeys } from "./typing.ts";

/** What text input needs of the device besides its shell. */
export interface Field {
  commands: Commands;
  apiLevel: number;
  /** The ways the device has to enter text. */
  ways: readonly TextWay[];
  /** Elements of the screen as it is now, or why they cannot be had. */
  look: () => Promise<Element[] | string>;
  tap: (at: Point) => Promise<void>;
}

/** A field may get the focus a moment after the tap; each look waits until the screen stands still. */
const focusLooks = 3;
/** A password's length cannot be trusted: it is cleared as one of this many characters. */
const longestPassword = 64;
/** Characters deleted one by one where selecting them all did not help. */
const mostDeleted = 200;

/** Typed into a field to learn whether it is empty, and deleted again. */
const probe = "x";

/**
 * Replaces the text of the field that has the focus, and reads it back: what cannot be seen to have arrived is tried
 * once more, in another way where there is one, and then refused. Line breaks within the text are part of it; those at
 * its end are pressed as Enter, which submits a field of one line.
 */
export async function replaceText(
  text: string,
  device: Field,
  meant: MeantField = {},
): Promise<ActionResult> {
  const plain = text.replaceAll(/\r\n?/gu, "\n");
  const body = plain.replace(/\n+$/u, "");
  const field = await focusedField(device, { looks: focusLooks, meant });
  if (typeof field === "string") return { ok: false, reason: field };
  const [best, other = best] = waysFor(body, device.ways);
  if (best === undefined) {
    const reason =
      "this text has characters that no key types, and the device has neither ADBKeyboard nor clipper";
    return { ok: false, reason: `${reason} to enter them` };
  }
  const first = await put(body, best, field, device);
  const result =
    first.again === undefined ? first.result : (await put(body, other!, first.again, device, true)).result;
  if (!result.ok) return result;
  const breaks = plain.length - body.length;
  if (breaks > 0) {
    await pressKeys(device.commands, ...Array.from({ length: breaks }, () => keyCodes.enter));
  }
  return result;
}

interface Attempt {
  result: ActionResult;
  /** The field as it is now, where another attempt may do better. */
  again?: Element;
}

async function put(
  text: string,
  way: TypingWay,
  field: Element,
  device: Field,
  thoroughly = false,
): Promise<Attempt> {
  await clear(field, device, thoroughly);
  if (text === "") return emptied(field, device);
  if (way === "keys" && text.includes("\n")) {
    const refused = await typeLines(text, device);
    if (refused !== undefined) return { result: refused };
  } else {
    const { left, top, right, bottom } = field.reach ?? field.bounds;
    const at = { x: Math.floor((left + right) / 2), y: Math.floor((top + bottom) / 2) };
    await typeText(text, way, device.commands, () => device.tap(at));
  }
  const now = await focusedField(device);
  if (typeof now === "string") {
    return { result: { ok: false, reason: `the text was typed, but cannot be read back: ${now}` } };
  }
  if (holds(now, text)) return { result: { ok: true } };
  const result = otherText(now, text);
  return isFieldsOwn(now, text) ? { result } : { result, again: now };
}

/** All is selected and deleted; `thoroughly` also what a field leaves that knows no key for that. */
async function clear(field: Element, { commands, apiLevel }: Field, thoroughly: boolean): Promise<void> {
  if (field.text === "" && !field.password) return;
  const length = field.password ? longestPassword : field.text.length;
  await clearField(commands, length, apiLevel, thoroughly ? Math.min(length, mostDeleted) : 0);
}

/**
 * Before Android 14 a dump gives an empty field's hint as its text. When clearing changed nothing that
 * can be seen, one character tells the hint from a text that stayed.
 */
async function emptied(before: Element, device: Field): Promise<Attempt> {
  const field = await focusedField(device);
  if (typeof field === "string") {
    return { result: { ok: false, reason: `the field was emptied, but cannot be read back: ${field}` } };
  }
  if (field.text === "" || field.text !== before.text) return { result: { ok: true } };
  await typeWithKeys(device.commands, probe);
  const probed = await focusedField(device);
  await pressKeys(device.commands, keyCodes.delete);
  if (typeof probed === "object" && holds(probed, probe)) return { result: { ok: true } };
  const stands = field.password ? `${field.text.length} characters` : quoted(field.text);
  return { result: { ok: false, reason: `the field still holds ${stands}` }, again: field };
}

/**
 * Where only keys are there to begin a line: Enter may do something else, and the rest would go to whatever has the
 * focus then.
 */
async function typeLines(text: string, device: Field): Promise<ActionResult | undefined> {
  const [first = "", ...rest] = text.split("\n");
  await typeWithKeys(device.commands, `${first}\n`);
  const field = await focusedField(device);
  if (typeof field === "string" || field.text !== `${first}\n`) {
    const reason = `Enter began no new line after ${quoted(first)}, so what follows was not typed`;
    return { ok: false, reason: `${reason}; it may have sent off what stood there` };
  }
  await typeWithKeys(device.commands, rest.join("\n"));
  return undefined;
}

/** The field that is being edited, or why there is none to type into. */
async function focusedField(
  device: Field,
  { looks = 1, meant = {} }: { looks?: number; meant?: MeantField } = {},
): Promise<Element | string> {
  for (let look = 1; ; look++) {
    const elements = await device.look();
    if (typeof elements === "string") return elements;
    const field = elements.find((element) => element.focused && element.editable);
    const stayed = field !== undefined && isStill(meant.before, field);
    if (field !== undefined && !stayed) return field;
    if (look < looks) continue;
    if (stayed) return focusStayed(meant.before!);
    return looks > 1 ? "no text field has the focus; tap one first" : "no field has the focus any more";
  }
}
