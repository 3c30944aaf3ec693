/** An app interface that the user allows the agent to call, as a prompt tells of it. */
export interface OfferedApi {
  /** Such as `clock.set-alarm`. */
  name: string;
  description: string;
  params: readonly ApiParam[];
}

export interface ApiParam {
  name: string;
  type: "string" | "number" | "boolean";
  description: string;
  optional: boolean;
  /** The only values it may have, where they are few. */
  choices?: readonly (string | number)[];
  /** Bounds of a number, both included. */
  min?: number;
  max?: number;
  /** Only whole numbers. */
  whole?: boolean;
}

export type ApiArguments = Readonly<Record<string, string | number | boolean>>;

/** Longest text that an argument may be, in characters. */
const longestText = 4000;

/** Why these arguments do not fit an app interface, for a model to read; nothing where they do. */
export function misfit(api: OfferedApi, args: ApiArguments): string | undefined {
  const names = api.params.map((param) => param.name);
  const unknown = Object.keys(args).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const takes = names.length === 0 ? "no arguments" : names.join(", ");
    return `${api.name} has no argument ${JSON.stringify(unknown)}; it takes ${takes}`;
  }
  for (const param of api.params) {
    const value = Object.hasOwn(args, param.name) ? args[param.name] : undefined;
    const problem = value === undefined ? missing(param) : unfit(param, value);
    if (problem !== undefined) return `${api.name}: ${problem}`;
  }
  return undefined;
}

function missing({ name, description, optional }: ApiParam): string | undefined {
  return optional ? undefined : `the argument ${name} is missing (${description})`;
}

function unfit(
  { name, type, choices, min, max, whole }: ApiParam,
  value: string | number | boolean,
): string | undefined {
  if (typeof value !== type) return `${name} is a ${type}, not ${JSON.stringify(value)}`;
  if (typeof value === "boolean") return undefined;
  if (choices !== undefined && !choices.includes(value)) {
    return `${name} is one of ${choices.join(", ")}, not ${JSON.stringify(value)}`;
  }
  if (whole === true && !Number.isSafeInteger(value)) return `${name} is a whole number, not ${value}`;
  return typeof value === "number" ? unfitNumber(name, value, min, max) : unfitText(name, value);
}

function unfitNumber(name: string, value: number, min = -Infinity, max = Infinity): string | undefined {
  if (Number.isFinite(value) && value >= min && value <= max) return undefined;
  if (min === -Infinity && max === Infinity) return `${name} is not a number`;
  if (max === Infinity) return `${name} is at least ${min}, not ${value}`;
  if (min === -Infinity) return `${name} is at most ${max}, not ${value}`;
  return `${name} is from ${min} to ${max}, not ${value}`;
}

/** No command line of a device can hold the character NUL, and half a surrogate pair is no text. */
function unfitText(name: string, value: string): string | undefined {
  if (value.length > longestText) return `${name} is longer than ${longestText} characters`;
  if (/\0|\p{Surrogate}/u.test(value)) return `${name} holds a character that no text may hold`;
  return undefined;
}
