import type { YamlProblem } from "../yaml-file.ts";
import { holesIn } from "./holes.ts";
import { type RawApi, type RawApiFile, type RawParam, verbs, ways } from "./schema.ts";

/** What the shape of a file does not say: that each interface has one way, and that its holes can be filled. */
export function problemsOf({ apis }: RawApiFile): YamlProblem[] {
  return apis.flatMap((api, i) => {
    const problems = [...problemsOfWay(api), ...problemsOfParams(api), ...problemsOfHoles(api)];
    if (apis.findIndex((other) => other.name === api.name) !== i) {
      problems.push({ path: ["name"], message: `${api.name} is declared above already` });
    }
    return problems.map(({ path, message }) => ({ path: ["apis", i, ...path], message }));
  });
}

function problemsOfWay(api: RawApi): YamlProblem[] {
  const given = ways.filter((way) => api[way] !== undefined);
  if (given.length !== 1) return [{ path: [], message: `needs exactly one of ${ways.join(", ")}` }];
  const { content } = api;
  if (content === undefined) return [];
  const problem = (message: string): YamlProblem[] => [{ path: ["content"], message }];
  const verb = verbs.filter((each) => content[each] !== undefined);
  if (verb.length !== 1) return problem(`needs exactly one of ${verbs.join(", ")}`);
  const conditions = Object.keys({ ...content.where, ...content.like }).length;
  const values = Object.keys(content.values).length;
  if (verb[0] === "query") {
    if (content.columns.length === 0) return problem("a query names its columns");
    return values > 0 ? problem("a query has no values") : [];
  }
  if (content.columns.length > 0 || content.sort !== undefined) {
    return problem("only a query has columns and an order");
  }
  if (verb[0] === "insert") return conditions > 0 ? problem("an insert has no conditions") : [];
  if (conditions === 0) return problem(`without a condition every row would be met by this ${verb[0]}`);
  return verb[0] === "delete" && values > 0 ? problem("a delete has no values") : [];
}

function problemsOfParams(api: RawApi): YamlProblem[] {
  return Object.entries(api.params).flatMap(([name, param]) => {
    const path = ["params", name];
    const text = param.type === "string";
    const numeric = param.type === "number" || param.type === "integer";
    if (!text && param.format !== undefined) return [{ path, message: "only a string has a format" }];
    if (param.format !== undefined && param.choices !== undefined) {
      return [{ path, message: "has either a format or choices" }];
    }
    if (!numeric && (param.min ?? param.max) !== undefined) {
      return [{ path, message: "only a number has min and max" }];
    }
    if (param.choices === undefined) return [];
    const fit = Array.isArray(param.choices)
      ? param.choices.every((choice) => typeof choice === (text ? "string" : "number"))
      : text;
    return fit && (text || numeric)
      ? []
      : [{ path, message: `its choices are not of the type ${param.type}` }];
  });
}

/** A text with holes, and what may stand in them. */
interface Template {
  path: (string | number)[];
  text: string;
  /** Whether the text is left out where a parameter is not given. */
  optional: boolean;
  takes: (param: RawParam) => boolean;
  /** What it takes, for the message. */
  what: string;
}

function problemsOfHoles(api: RawApi): YamlProblem[] {
  return templatesOf(api).flatMap(({ path, text, optional, takes, what }) =>
    holesIn(text).flatMap((hole) => {
      const param = Object.hasOwn(api.params, hole) ? api.params[hole] : undefined;
      if (param === undefined) return [{ path, message: `{${hole}} is not a parameter` }];
      if (param.optional && !optional) return [{ path, message: `{${hole}} must not be optional here` }];
      return takes(param) ? [] : [{ path, message: `{${hole}} must be ${what} here` }];
    }),
  );
}

const anything = { takes: () => true, what: "anything" };

function templatesOf(api: RawApi): Template[] {
  const { intent, deepLink, setting, content, service } = api;
  const templates: Template[] = [];
  const add = (path: (string | number)[], text: string | undefined, more: Partial<Template> = {}) => {
    if (text !== undefined) templates.push({ path, text, optional: false, ...anything, ...more });
  };
  const addTyped = (path: string[], typed: Readonly<Record<string, { type: string; text: string }>>) => {
    for (const [key, { type, text }] of Object.entries(typed)) {
      add([...path, key], text, { optional: true, ...kinds[type] });
    }
  };
  add(["deepLink"], deepLink);
  add(["intent", "data"], intent?.data);
  addTyped(["intent", "extras"], intent?.extras ?? {});
  add(["setting", "value"], setting?.value);
  for (const verb of verbs) add(["content", verb], content?.[verb]);
  addTyped(["content", "values"], content?.values ?? {});
  for (const part of ["where", "like"] as const) {
    for (const [column, text] of Object.entries(content?.[part] ?? {})) {
      // A condition that falls away would let an update or a delete meet every row.
      add(["content", part, column], text, { optional: content?.query !== undefined });
    }
  }
  service?.forEach((word, i) =>
    add(["service", i], word, {
      takes: (param) => param.choices !== undefined && /^\{\w+\}$/u.test(word),
      what: "a word of its own, with choices,",
    }),
  );
  return templates;
}

/** What a typed value takes. Text takes anything. */
const kinds: Record<string, Pick<Template, "takes" | "what">> = {
  string: anything,
  int: { takes: ({ type }) => type === "integer", what: "an integer" },
  long: {
    takes: ({ type, format }) => type === "integer" || format === "local-time",
    what: "an integer or a local-time",
  },
  float: { takes: ({ type }) => type === "integer" || type === "number", what: "a number" },
  boolean: { takes: ({ type }) => type === "boolean", what: "a boolean" },
};
