/** An element as a screen listing has it. */
export interface PageElement {
  index: number;
  /** Last part of the class name, such as `EditText`. */
  kind: string;
  /** What it shows; of a picture, what a screen reader says. */
  text: string;
  /** The same without blank lines. */
  lines: string[];
  /** Description and hint, where the listing gives them. */
  desc: string;
  hint: string;
  /** Last part of the resource id, empty where there is none. */
  id: string;
  clickable: boolean;
  longClickable: boolean;
  /** Absent where it cannot be checked. */
  checked?: boolean;
  editable: boolean;
  focused: boolean;
  selected: boolean;
  scrollable: boolean;
  enabled: boolean;
}

const token = /([a-z]+)=("(?:[^"\\]|\\.)*"|\S+)|"(?:[^"\\]|\\.)*"|\S+/gu;

/** Reads the lines `[5] Switch "Wi-Fi" id=switch_widget clickable checked=on`; others are skipped. */
export function readListing(text: string): PageElement[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\[(\d+)\] (.*)$/u.exec(line);
    return match ? [readElement(Number(match[1]), match[2]!)] : [];
  });
}

function readElement(index: number, rest: string): PageElement {
  const [kind = "", ...parts] = [...rest.matchAll(token)];
  let shown = "";
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (const part of parts) {
    if (part[1] !== undefined) values.set(part[1], unquote(part[2]!));
    else if (part[0].startsWith('"')) shown = unquote(part[0]);
    else flags.add(part[0]);
  }
  const checked = values.get("checked");
  return {
    index,
    kind: unquote(kind[0] ?? ""),
    text: shown,
    lines: shown.split("\n").filter((line) => line.trim() !== ""),
    desc: values.get("desc") ?? "",
    hint: values.get("hint") ?? "",
    id: values.get("id") ?? "",
    clickable: flags.has("clickable"),
    longClickable: flags.has("long-clickable"),
    ...(checked === undefined ? {} : { checked: checked === "on" }),
    editable: flags.has("editable"),
    focused: flags.has("focused"),
    selected: flags.has("selected"),
    scrollable: flags.has("scrollable"),
    enabled: !flags.has("disabled"),
  };
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) return value.slice(1, -1);
    throw error;
  }
}
