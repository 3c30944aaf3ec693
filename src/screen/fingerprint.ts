import { createHash } from "node:crypto";
import type { Element } from "./screen.ts";

/** Resource names of what shows time or charge on status bars, launchers and lock screens. */
const ambient = new Set([
  "clock",
  "battery",
  "battery_percentage_view",
  "date",
  "date_view",
  "digital_clock",
]);
/** The time of day, on lock screens drawn without such names. */
const timeOfDay = /^\d{1,2}[:.]\d{2}(?:\s?[AP]M)?$/iu;
/** Packages whose clocks are decoration; in the Clock app, time is the content. */
const ambientPackage = /systemui|launcher|smartspace/iu;

/** Hex SHA-256 of what the screen shows; see `Screen.fingerprint`. */
export function fingerprint(elements: readonly Element[], packageName: string, activity: string): string {
  const hash = createHash("sha256").update(JSON.stringify([packageName, activity]));
  for (const element of elements) {
    if (isAmbient(element)) continue;
    const { left, top, right, bottom } = element.bounds;
    const state = [element.checked, element.enabled, element.focused, element.selected];
    // An empty field's hint is its text where the tree does not tell them apart.
    const text = element.text || element.hint;
    const content = [text, element.description, element.className, element.resourceId];
    hash.update(JSON.stringify([content, state, left, top, right, bottom]));
  }
  return hash.digest("hex");
}

function isAmbient(element: Element): boolean {
  const name = element.resourceId.slice(element.resourceId.lastIndexOf("/") + 1);
  return ambientPackage.test(element.package) && (ambient.has(name) || timeOfDay.test(element.text));
}
