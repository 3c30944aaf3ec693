/** The shape of a file of app interfaces; docs/apis.md describes it. */
import { z } from "zod";

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/u, "lower-case words with a dot, such as clock.set-alarm");
const packageName = z.string().regex(/^\w+(?:\.\w+)+$/u, "a package such as com.android.deskclock");
const literal = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const column = z.string().regex(/^[A-Za-z_]\w*$/u, "a column's name");
const columns = z.record(column, literal).default({});
const plainWord = /^[\w.$:/+*-]+$/u;

const typedText = z
  .strictObject({
    string: literal.optional(),
    int: literal.optional(),
    long: literal.optional(),
    float: literal.optional(),
    boolean: literal.optional(),
  })
  .transform((given, context) => {
    const [first, ...more] = Object.entries(given).filter(([, text]) => text !== undefined);
    if (first !== undefined && more.length === 0) {
      return { type: first[0] as "string" | "int" | "long" | "float" | "boolean", text: first[1]! };
    }
    context.addIssue('one value with its type, such as { int: "{hour}" }');
    return z.NEVER;
  });

const param = z.strictObject({
  type: z.enum(["string", "number", "integer", "boolean"]),
  description: z.string().min(1),
  optional: z.boolean().default(false),
  min: z.number().optional(),
  max: z.number().optional(),
  choices: z
    .union([z.array(z.union([z.string(), z.number()])).min(1), z.record(z.string(), literal)])
    .optional(),
  format: z.enum(["phone", "url", "local-time"]).optional(),
});

const intent = z.strictObject({
  broadcast: z.boolean().default(false),
  action: z.string().regex(/^[\w.]+$/u, "an intent's action"),
  data: z
    .string()
    .regex(/^(?:[a-z][a-z0-9+.-]*:|\{)/iu, "a URI")
    .optional(),
  mimeType: z
    .string()
    .regex(/^[\w.+*-]+\/[\w.+*-]+$/u, "a MIME type")
    .optional(),
  extras: z.record(z.string().regex(plainWord, "an extra's name"), typedText).default({}),
});

const contentUri = z.string().regex(/^content:\/\/[\w.]+/u, "a content:// URI");
const content = z.strictObject({
  query: contentUri.optional(),
  insert: contentUri.optional(),
  update: contentUri.optional(),
  delete: contentUri.optional(),
  columns: z.array(column).default([]),
  where: columns,
  like: columns,
  sort: z
    .string()
    .regex(/^\w+(?: (?:ASC|DESC))?(?:, ?\w+(?: (?:ASC|DESC))?)*$/u, "columns, each with ASC or DESC")
    .optional(),
  values: z.record(column, typedText).default({}),
});

const api = z.strictObject({
  name,
  description: z.string().min(1),
  permission: name,
  params: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/u, "a name such as startTime"), param).default({}),
  intent: intent.optional(),
  deepLink: z
    .string()
    .regex(/^(?:[a-z][a-z0-9+.-]*:|\{)/iu, "a URI")
    .optional(),
  setting: z
    .strictObject({
      namespace: z.enum(["system", "secure", "global"]),
      key: z.string().regex(/^\w+$/u, "a setting's key"),
      value: literal.optional(),
    })
    .optional(),
  content: content.optional(),
  service: z
    .array(literal)
    .min(2)
    .refine(([program]) => program === "svc" || program === "cmd", "a command of svc or cmd")
    .optional(),
});

export const apiFileSchema = z.strictObject({
  packages: z.array(packageName).default([]),
  apis: z.array(api).min(1),
});

export type RawApi = z.output<typeof api>;
export type RawParam = z.output<typeof param>;
export type RawApiFile = z.output<typeof apiFileSchema>;

export const ways = ["intent", "deepLink", "setting", "content", "service"] as const;
export const verbs = ["query", "insert", "update", "delete"] as const;
