import { otherText, quoted } from "../act/field-text.ts";
import { keyCodes } from "../act/key-codes.ts";
import { type Element, holds } from "../../screen/index.ts";
import type { ActionResult, TextWay } from "../device.ts";
import type { Commands } from "../commands.ts";
import { typeText } from "./text-ways.ts";
import { clearField, pressKeys, typeWithKeys } from "./typing.ts";

/** What text input needs of the device besides its shell. */
export interface Field {
  commands: Commands;
  apiLevel: number;
  /** The ways the device has to enter text. */
  ways: readonly TextWay[];
  /** Elements of the screen as it is now, or why they cannot be had. */
  look: () => Promise<Element[] | string>;
}

/** A field may get the focus a moment after the tap; each look waits until the screen stands still. */
const focusLooks = 3;
/** A password's length cannot be trusted: it is cleared as one of this many characters. */
const longestPassword = 64;

/** Typed into a field to learn whether it is empty, and deleted again. */
const probe = "x";

/**
 * Replaces the text of the field that has the focus, and reads it back: what cannot be seen to have
 * arrived is refused. Line breaks are typed as Enter; in a field of one line Enter submits, and then
 * there may be no field left to read.
 */
export async function replaceText(text: string, device: Field): Promise<ActionResult> {
  const field = await focusedField(device, focusLooks);
  if (typeof field === "string") return { ok: false, reason: field };
  if (field === undefined) return { ok: false, reason: "no text field has the focus; tap one first" };
  if (field.text !== "" || field.password) {
    const length = field.password ? longestPassword : field.text.length;
    await clearField(device.commands, length, device.apiLevel);
  }
  if (!(await typeText(text, device.commands, device.ways))) {
    return {
      ok: false,
      reason:
        "this text has characters that no key types, and the device has neither ADBKeyboard nor clipper to enter them",
    };
  }
  return text === "" ? emptied(field, device) : verified(text, field, device);
}

/**
 * Before Android 14 a dump gives an empty field's hint as its text. When clearing changed nothing that
 * can be seen, one character tells the hint from a text that stayed.
 */
async function emptied(before: Element, device: Field): Promise<ActionResult> {
  const field = await focusedField(device, 1);
  if (field === undefined || typeof field === "string") return verified("", before, device);
  if (field.text === "" || field.text !== before.text) return { ok: true };
  await typeWithKeys(device.commands, probe);
  const probed = await focusedField(device, 1);
  await pressKeys(device.commands, keyCodes.delete);
  if (typeof probed === "object" && probed.text === probe) return { ok: true };
  return { ok: false, reason: `the field still holds ${quoted(field.text)}` };
}

async function verified(text: string, before: Element, device: Field): Promise<ActionResult> {
  const field = await focusedField(device, 1);
  if (typeof field === "string") {
    return { ok: false, reason: `the text was typed, but cannot be read back: ${field}` };
  }
  const submits = /[\r\n]/u.test(text);
  if (field === undefined) {
    if (submits) return { ok: true };
    return {
      ok: false,
      reason: "the text was typed, but no field has the focus any more, so it cannot be read back",
    };
  }
  if (holds(field, text) || (submits && field.resourceId !== before.resourceId)) return { ok: true };
  return otherText(field, text);
}

/** The field that is being edited; a string says why the screen cannot be read. */
async function focusedField(device: Field, looks: number): Promise<Element | string | undefined> {
  for (let look = 1; ; look++) {
    const elements = await device.look();
    if (typeof elements === "string") return elements;
    const field = elements.find((element) => element.focused && element.editable);
    if (field !== undefined || look === looks) return field;
  }
}
