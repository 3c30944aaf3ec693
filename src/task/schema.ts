/**
 * The shape of a suite file. What may be drawn is checked twice: here as text with holes, and again once
 * the holes are filled (`instance.ts`), where a number must have become one.
 */
import { z } from "zod";

const value = z.union([z.string(), z.number()]);
const namespace = z.enum(["system", "secure", "global"]);
/** A number, or text whose holes become one. */
const number = z.union([z.number(), z.string().regex(/^-?[\d.]*$|\{/, "a number or a {hole}")]);

const expectations = {
  equals: value.optional(),
  contains: z.string().optional(),
  matches: z.string().refine(isRegExp, "not a regular expression").optional(),
  between: z.tuple([number, number]).optional(),
  phone: value.optional(),
};
const expectationNames = Object.keys(expectations);

/** Exactly one of the expectations, beside the fields given. */
function expecting<S extends z.core.$ZodLooseShape>(fields: S) {
  return z.strictObject({ ...fields, ...expectations }).superRefine(exactlyOne(expectationNames));
}

const setting = { namespace, key: z.string().min(1) };
const devicePath = z.string().regex(/^\/|^\{/, "an absolute path on the device");
const database = z.string().regex(/^\//, "an absolute path on the device");
const uri = z.string().regex(/^content:\/\//, "a content:// URI");

export const setupStepSchema = oneKey({
  setting: z.strictObject({ ...setting, value }),
  file: z.strictObject({ path: devicePath, text: z.string() }),
  remove: z.strictObject({ path: devicePath }),
  contentInsert: z.strictObject({ uri, values: z.record(z.string(), value) }),
  contentDelete: z.strictObject({ uri, where: z.string().optional() }),
  sqlite: z.strictObject({ db: database, sql: z.string() }),
  contact: z.strictObject({ name: z.string(), phone: value }),
  sms: z.strictObject({ from: value, text: z.string(), minutesAgo: z.number().nonnegative().optional() }),
  date: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$|\{/, "a date like 2023-10-15T15:34:00"),
  clearApp: z.string(),
  openApp: z.string(),
  shell: z.array(z.string()).min(1),
});

const elementFields = {
  text: z.string().optional(),
  textContains: z.string().optional(),
  textMatches: z.string().refine(isRegExp, "not a regular expression").optional(),
  description: z.string().optional(),
  resourceId: z.string().optional(),
  checked: z.boolean().optional(),
};

export const checkSchema = oneKey({
  setting: expecting(setting),
  content: z.strictObject({
    uri,
    row: z.record(z.string(), z.union([value, expecting({})])),
    count: z.int().nonnegative().optional(),
  }),
  sqlite: expecting({ db: database, query: z.string() }),
  file: z
    .strictObject({ path: devicePath, exists: z.boolean().optional(), ...expectations })
    .superRefine(exactlyOne(["exists", ...expectationNames])),
  foreground: z.strictObject({ package: z.string(), activity: z.string().optional() }),
  element: z
    .strictObject({ ...elementFields, present: z.boolean().optional() })
    .refine(
      (match) => Object.keys(elementFields).some((key) => key in match),
      "say what the element is like",
    ),
  answer: expecting({}),
  shell: z
    .strictObject({ argv: z.array(z.string()).min(1), exitCode: z.int().optional(), ...expectations })
    .superRefine(exactlyOne(["exitCode", ...expectationNames])),
});

const parameterSchema = z.union([
  z.strictObject({
    choice: z.array(z.union([value, z.record(z.string(), value)])).min(1),
    not: z.string().optional(),
  }),
  z.strictObject({
    int: z.tuple([z.int(), z.int()]).refine(([low, high]) => low <= high, "low end first"),
    step: z.int().positive().optional(),
    not: z.string().optional(),
  }),
  z.strictObject({ text: z.string() }),
]);

export const templateSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words joined by hyphens"),
  goal: z.string().min(1),
  params: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, "letters, digits and underscores"), parameterSchema)
    .default({}),
  setup: z.array(setupStepSchema).default([]),
  checks: z.array(checkSchema).min(1, "a task without a check can never be kept"),
  budget: z.int().min(1).max(200).default(20),
  apps: z.array(z.string()).min(1, "name the apps it needs"),
  tags: z.array(z.string()).default([]),
});

export const suiteSchema = z.strictObject({
  name: z.string().regex(/^[\w-]+$/, "letters, digits, hyphens and underscores"),
  description: z.string().default(""),
  benchmark: z.boolean().default(false),
  tasks: z.array(templateSchema).min(1),
});

export type RawTemplate = z.infer<typeof templateSchema>;

/** An object with exactly one of these keys: `{ setting: … }`. */
function oneKey(shape: Record<string, z.ZodType>) {
  const optional = Object.fromEntries(Object.entries(shape).map(([key, type]) => [key, type.optional()]));
  return z.strictObject(optional).superRefine(exactlyOne(Object.keys(shape)));
}

function exactlyOne(keys: readonly string[]) {
  return (object: object, context: z.RefinementCtx) => {
    const present = keys.filter((key) => (object as Record<string, unknown>)[key] !== undefined);
    if (present.length !== 1) {
      const found = present.length === 0 ? "none" : present.join(", ");
      context.addIssue({
        code: "custom",
        message: `exactly one of ${keys.join(", ")} is needed, found ${found}`,
      });
    }
  };
}

function isRegExp(source: string): boolean {
  try {
    // Holes are filled later with text that the author may escape; a plain word stands in for them.
    return Boolean(new RegExp(source.replaceAll(/\{[A-Za-z_][\w.]*(?::0\d)?\}/g, "x")));
  } catch {
    return false;
  }
}
