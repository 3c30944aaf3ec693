import type { Element, Screen } from "./screen.ts";

/** Texts longer than this many characters are cut, and the cut is marked. */
const maxText = 200;

/**
 * The screen as an agent reads it, one line per element:
 *
 * ```
 * [5] Switch "Wi-Fi" id=switch_widget clickable checked=on
 * [6] EditText "" hint="Search" id=query clickable editable focused
 * ```
 *
 * That is: the element's number, the last part of its class, its text, `desc=` where the description
 * says something else, `hint=` where a field is empty, the resource id's last part, then what can be
 * done with it and how it stands. Texts are JSON strings, so that nothing on the screen can look like a
 * line of the listing. A row's several texts are lines of one string.
 */
export function listing(screen: Pick<Screen, "elements">): string {
  return screen.elements.map(line).join("\n");
}

function line(element: Element): string {
  const parts = [`[${element.index}]`, bare(lastPart(element.className, "."))];
  if (element.text !== "" || element.editable) parts.push(quoted(element.text));
  if (element.description !== "" && element.description !== element.text) {
    // What a screen reader says of a picture is all there is to read of it.
    parts.push(parts.length === 2 ? quoted(element.description) : `desc=${quoted(element.description)}`);
  }
  if (element.hint !== "" && element.text === "") parts.push(`hint=${quoted(element.hint)}`);
  if (element.resourceId !== "") parts.push(`id=${bare(lastPart(element.resourceId, "/"))}`);
  if (element.clickable) parts.push("clickable");
  if (element.longClickable) parts.push("long-clickable");
  if (element.checkable) parts.push(`checked=${element.checked ? "on" : "off"}`);
  if (element.editable) parts.push("editable");
  if (element.password) parts.push("password");
  if (element.focused) parts.push("focused");
  if (element.selected) parts.push("selected");
  if (element.scrollable) parts.push("scrollable");
  if (!element.enabled) parts.push("disabled");
  return parts.join(" ");
}

function lastPart(name: string, separator: string): string {
  return name.slice(name.lastIndexOf(separator) + 1);
}

/** Compose apps choose resource ids freely: what is no plain name is quoted as well. */
function bare(name: string): string {
  return /^[\w.:/$-]+$/u.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  const cut = text.length - maxText;
  // A pair of surrogates is not cut in two.
  const start = text.slice(0, maxText).replace(/[\uD800-\uDBFF]$/, "");
  const shown = cut > 0 ? `${start}… (${cut} more)` : text;
  // JSON leaves these three, which many readers take for line ends, as they are.
  return JSON.stringify(shown).replaceAll(/[\u0085\u2028\u2029]/gu, (char) => {
    return `\\u${char.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  });
}
