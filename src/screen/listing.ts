import type { Element, Screen } from "./screen.ts";

/**
 * Texts longer than this many characters are cut, and the cut is marked. Notes and messages are read from the screen,
 * and few other texts are as long.
 */
const maxText = 1000;
/** A listing of more lines or characters than this is cut, and the cut is marked. A full screen has about 60 lines. */
const maxLines = 300;
const maxLength = 24_000;

/** What apps' build tools leave of the names they take out. */
const removedNames = new Set(["(name removed)", "0_resource_name_obfuscated"]);

/**
 * The screen as an agent reads it, one line per element:
 *
 * ```
 * [5] Switch "Wi-Fi" id=switch_widget clickable checked=on
 * [6] EditText "" hint="Search" id=query clickable editable focused
 * ```
 *
 * That is: the element's number, the last part of its class, its text, `desc=` where the description
 * says something else, `hint=` where a field is empty, `label=` where only something in or beside it names it, the
 * resource id's last part, `app=` where it is not of the app in front, then what can be done with it and how it
 * stands: `value=` of a slider, `more=` for the ways in which a list goes on. Texts are JSON strings, so that nothing
 * on the screen can look like a line of the listing. A row's several texts are lines of one string.
 */
export function listing(screen: Pick<Screen, "elements"> & Partial<Pick<Screen, "package">>): string {
  const lines: string[] = [];
  let length = 0;
  for (const element of screen.elements) {
    const next = line(element, screen.package ?? "");
    length += next.length + 1;
    if (lines.length === maxLines || length > maxLength) {
      const rest = screen.elements.length - lines.length;
      return [...lines, `(${rest} more ${rest === 1 ? "element is" : "elements are"} not listed)`].join("\n");
    }
    lines.push(next);
  }
  return lines.join("\n");
}

function line(element: Element, appInFront: string): string {
  const parts = [`[${element.index}]`, bare(lastPart(element.className, "."))];
  if (element.text !== "" || element.editable) parts.push(quoted(element.text));
  if (element.description !== "" && !sameWords(element.description, element.text)) {
    // What a screen reader says of a picture is all there is to read of it.
    parts.push(parts.length === 2 ? quoted(element.description) : `desc=${quoted(element.description)}`);
  }
  if (element.hint !== "" && element.text === "") parts.push(`hint=${quoted(element.hint)}`);
  if (element.label !== undefined) parts.push(`label=${quoted(element.label)}`);
  const id = lastPart(element.resourceId, "/");
  if (id !== "" && !removedNames.has(id)) parts.push(`id=${bare(id)}`);
  if (appInFront !== "" && element.package !== "" && element.package !== appInFront) {
    parts.push(`app=${bare(element.package)}`);
  }
  if (element.clickable) parts.push("clickable");
  if (element.longClickable) parts.push("long-clickable");
  if (element.checkable) parts.push(`checked=${element.checked ? "on" : "off"}`);
  if (element.editable) parts.push("editable");
  if (element.password) parts.push("password");
  if (element.focused) parts.push("focused");
  if (element.selected) parts.push("selected");
  if (element.value !== undefined) parts.push(`value=${bare(element.value)}`);
  if (element.scrollable) parts.push("scrollable");
  if (element.more !== undefined) parts.push(`more=${element.more.join(",")}`);
  if (!element.enabled) parts.push("disabled");
  return parts.join(" ");
}

/** A row's description is often its texts once more, with commas between them. */
function sameWords(a: string, b: string): boolean {
  return a === b || a.replaceAll(/[\s,]+/gu, " ").trim() === b.replaceAll(/[\s,]+/gu, " ").trim();
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
