import { SaxesParser } from "saxes";
import { errorMessage } from "../../errors.ts";
import type { AppContext } from "../system/services.ts";

export type PreferenceValue = string | number | boolean | string[];

/**
 * An app's shared preferences: the XML file Android keeps under `shared_prefs/`. The file is the
 * truth; a missing one reads as empty.
 */
export interface Preferences {
  get(key: string): PreferenceValue | undefined;
  number(key: string, otherwise: number): number;
  string(key: string, otherwise: string): string;
  /** Writes several at once; `undefined` removes a key. */
  put(changes: Record<string, PreferenceValue | undefined>): void;
}

/** By the file's content, which is never changed in place. */
const parsed = new WeakMap<Uint8Array, ReadonlyMap<string, PreferenceValue>>();

export function openPreferences(context: AppContext, path: string): Preferences {
  const read = (): ReadonlyMap<string, PreferenceValue> => {
    if (!context.files.exists(path)) return new Map();
    const content = context.files.read(path);
    const values = parsed.get(content) ?? readOrEmpty(context, path, content);
    parsed.set(content, values);
    return values;
  };
  const get = (key: string): PreferenceValue | undefined => read().get(key);
  return {
    get,
    number(key, otherwise) {
      const value = get(key);
      return typeof value === "number" ? value : otherwise;
    },
    string(key, otherwise) {
      const value = get(key);
      return typeof value === "string" ? value : otherwise;
    },
    put(changes) {
      const values = new Map(read());
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }
      context.files.write(path, formatPreferences(values), { mode: 0o660 });
    },
  };
}

/** As Android does: a file that is no XML is told of in the log and read as empty. */
function readOrEmpty(context: AppContext, path: string, content: Uint8Array): Map<string, PreferenceValue> {
  try {
    return parsePreferences(Buffer.from(content).toString("utf8"));
  } catch (error) {
    context.log("SharedPreferencesImpl", `Cannot read ${path}: ${errorMessage(error)}`);
    return new Map();
  }
}

/** The format of Android's XmlUtils.writeMapXml. Numbers are longs. */
export function formatPreferences(values: ReadonlyMap<string, PreferenceValue>): string {
  const lines = [...values].map(([key, value]) => {
    const name = escapeXml(key);
    if (typeof value === "string") return `    <string name="${name}">${escapeXml(value)}</string>`;
    if (typeof value === "number") return `    <long name="${name}" value="${value}" />`;
    if (typeof value === "boolean") return `    <boolean name="${name}" value="${value}" />`;
    const items = value.map((item) => `        <string>${escapeXml(item)}</string>\n`).join("");
    return `    <set name="${name}">\n${items}    </set>`;
  });
  return ["<?xml version='1.0' encoding='utf-8' standalone='yes' ?>", "<map>", ...lines, "</map>", ""].join(
    "\n",
  );
}

export function parsePreferences(xml: string): Map<string, PreferenceValue> {
  const values = new Map<string, PreferenceValue>();
  let set: { name: string; items: string[] } | undefined;
  let text = "";
  let name = "";
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    text = "";
    const value = tag.attributes["value"];
    if (tag.name === "set") set = { name: tag.attributes["name"] ?? "", items: [] };
    else if (tag.name === "boolean") values.set(tag.attributes["name"] ?? "", value === "true");
    else if (tag.name === "long" || tag.name === "int" || tag.name === "float")
      values.set(tag.attributes["name"] ?? "", Number(value));
    else if (tag.name === "string") name = tag.attributes["name"] ?? "";
  });
  parser.on("text", (chunk) => {
    text += chunk;
  });
  parser.on("closetag", (tag) => {
    if (tag.name === "string") {
      if (set === undefined) values.set(name, text);
      else set.items.push(text);
    } else if (tag.name === "set" && set !== undefined) {
      values.set(set.name, set.items);
      set = undefined;
    }
  });
  parser.write(xml).close();
  return values;
}

function escapeXml(text: string): string {
  return text.replace(
    /[&<>"\n]/gu,
    (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "&#10;",
  );
}
