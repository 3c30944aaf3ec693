import type { PageElement } from "./prompt/listing.ts";

/** What an element must be to be found. Texts are compared whole, without case. */
export interface Query {
  /** One line of its text, its description, or its hint. */
  says?: string | RegExp;
  id?: string | RegExp;
  /** Last part of its class. */
  kind?: string;
  clickable?: boolean;
  editable?: boolean;
  checkable?: boolean;
}

/** The screen in the prompt, and ways to find things on it. */
export class Page {
  readonly package: string;
  readonly activity: string;
  readonly elements: readonly PageElement[];

  constructor(packageName: string, activity: string, elements: readonly PageElement[]) {
    this.package = packageName;
    this.activity = activity;
    this.elements = elements;
  }

  find(query: Query): PageElement | undefined {
    return this.elements.find((element) => matches(element, query));
  }

  all(query: Query): PageElement[] {
    return this.elements.filter((element) => matches(element, query));
  }

  shows(says: string | RegExp): boolean {
    return this.find({ says }) !== undefined;
  }

  /** What can be tapped under this name, where something can; else whatever bears it. */
  button(says: string | RegExp): PageElement | undefined {
    return this.find({ says, clickable: true }) ?? this.find({ says });
  }

  /** A text field by its id, hint or description. */
  field(name: string | RegExp): PageElement | undefined {
    return this.find({ id: name, editable: true }) ?? this.find({ says: name, editable: true });
  }

  /** A switch that bears the label itself, or the one that follows a row with the label. */
  toggle(label: string | RegExp): PageElement | undefined {
    const own = this.find({ says: label, checkable: true });
    if (own) return own;
    const row = this.find({ says: label });
    if (!row) return undefined;
    const after = this.elements.filter((element) => element.index > row.index).slice(0, 2);
    return after.find((element) => element.checked !== undefined && element.lines.length === 0);
  }

  /** The line that follows a label directly, where it looks like a value. */
  lineAfter(label: string, value: RegExp): string | undefined {
    const lines = this.elements.flatMap((element) => element.lines);
    return lines.find((line, i) => i > 0 && same(lines[i - 1]!, label) && value.test(line));
  }

  /** There is a picture only, as of a screen that never stands still, which gives no tree. */
  get unreadable(): boolean {
    return this.elements.length === 0;
  }

  get list(): PageElement | undefined {
    return this.elements.find((element) => element.scrollable);
  }
}

/** Everything that an element says of itself. */
function wordsOf(element: PageElement): string[] {
  return [...element.lines, element.desc, element.hint].filter((words) => words !== "");
}

/** How an element is called in an analysis. */
export function nameOf(element: PageElement): string {
  return wordsOf(element)[0] ?? (element.id || element.kind);
}

function matches(element: PageElement, query: Query): boolean {
  const { says, id, kind, clickable, editable, checkable } = query;
  return (
    (says === undefined || wordsOf(element).some((words) => same(words, says))) &&
    (id === undefined || same(element.id, id)) &&
    (kind === undefined || element.kind === kind) &&
    (clickable === undefined || element.clickable === clickable) &&
    (editable === undefined || element.editable === editable) &&
    (checkable === undefined || (element.checked !== undefined) === checkable)
  );
}

function same(words: string, wanted: string | RegExp): boolean {
  if (typeof wanted !== "string") return wanted.test(words);
  return words.trim().toLowerCase() === wanted.trim().toLowerCase();
}
