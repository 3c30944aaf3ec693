/** What the real server wants of W3C input sources before it looks at what they do (`ActionsPreprocessor`). */
import { Uia2Error } from "./errors.ts";

export interface Item {
  readonly type: string;
  readonly [name: string]: unknown;
}

type SourceType = "none" | "pointer" | "key";

export interface InputSource {
  id: string;
  type: SourceType;
  pointerType: string | undefined;
  items: readonly Item[];
}

const itemTypes: Record<SourceType, readonly string[]> = {
  pointer: ["pointerMove", "pointerUp", "pointerDown", "pointerCancel", "pause"],
  key: ["keyUp", "keyDown", "pause"],
  none: ["pause"],
};
const sourceTypes = ["pointer", "key", "none"];
const pointerTypes = ["mouse", "pen", "touch"];

/** Throws `invalid argument`. */
export function readSources(given: unknown): InputSource[] {
  if (!Array.isArray(given)) throw parseError("'actions' must be a list of input sources");
  const sources = given.map(readSource);
  const ids = new Set<string>();
  for (const { id } of sources) {
    if (ids.has(id)) throw parseError(`The action id '${id}' has one one or more duplicates`);
    ids.add(id);
  }
  const kinds = new Set(sources.flatMap(({ pointerType }) => pointerType ?? []));
  if (kinds.size > 1)
    throw parseError(
      `It is only allowed to use one pointer type simultaneously. And you have ${kinds.size}: [${[...kinds].join(", ")}]`,
    );
  return sources;
}

function readSource(source: unknown): InputSource {
  if (!isObject(source)) throw parseError("An input source is not an object");
  const { id, type, actions, parameters } = source;
  if (typeof id !== "string") throw parseError("All actions must have the id key set");
  if (typeof type !== "string") throw parseError(`'${id}' action must have the type key set`);
  if (!isSourceType(type))
    throw parseError(
      `Only [${sourceTypes.join(", ")}] values are supported for type key. '${type}' is passed instead for action '${id}'`,
    );
  const pointerType = isObject(parameters) ? parameters["pointerType"] : undefined;
  if (typeof pointerType === "string") {
    if (!pointerTypes.includes(pointerType))
      throw parseError(
        `Only [${pointerTypes.join(", ")}] values are supported for pointerType key. '${pointerType}' is passed instead for action '${id}'`,
      );
    if (type !== "pointer")
      throw parseError(`pointerType parameter is only supported for action type 'pointer' in '${id}' action`);
  }
  if (!Array.isArray(actions)) throw parseError(`'${id}' action should contain at least one item`);
  const items = withoutCancelled(actions.map((item: unknown) => readItem(item, id, type)));
  return { id, type, pointerType: typeof pointerType === "string" ? pointerType : undefined, items };
}

function readItem(item: unknown, id: string, type: SourceType): Item {
  if (!isObject(item) || typeof item["type"] !== "string")
    throw parseError(`All items of '${id}' action must have the type key set`);
  if (!itemTypes[type].includes(item["type"]))
    throw parseError(
      `Only [${itemTypes[type].join(", ")}] item type values are supported for action type '${type}'. '${item["type"]}' is passed instead for action '${id}'`,
    );
  return item as Item;
}

/** A `pointerCancel` takes back the item before it. */
function withoutCancelled(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  let skips = false;
  for (const item of items.toReversed()) {
    const isCancel = item.type === "pointerCancel";
    if (!isCancel && !skips) kept.unshift(item);
    skips = isCancel;
  }
  return kept;
}

function isSourceType(type: string): type is SourceType {
  return sourceTypes.includes(type);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseError(message: string): Uia2Error {
  return new Uia2Error("invalid argument", message);
}
