import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { configError, errorMessage } from "../errors.ts";
import { parseYaml } from "../yaml-file.ts";
import type { AppApi, ContentWay, DeclaredParam, Way } from "./declaration.ts";
import { problemsOf } from "./problems.ts";
import { apiFileSchema, type RawApi, type RawParam, verbs } from "./schema.ts";

const code = "API_FILE_INVALID";

/**
 * Reads every `*.yaml` of these folders, in the order of their names. Throws `API_FILE_INVALID` (`config`): for a file,
 * with every problem by its line; for a name that two files declare; for a folder that cannot be read.
 */
export async function loadApis(...folders: readonly string[]): Promise<AppApi[]> {
  const apis: AppApi[] = [];
  const declaredIn = new Map<string, string>();
  const files = (await Promise.all(folders.map(filesIn))).flat();
  for (const file of files) {
    for (const api of parseApis(await readText(file), file)) {
      const other = declaredIn.get(api.name);
      if (other !== undefined)
        throw configError(code, `${file}: ${api.name} is declared in ${other} already; give it another name`);
      declaredIn.set(api.name, file);
      apis.push(api);
    }
  }
  return apis;
}

/** The interfaces of one file, from its text; `file` is only named in errors. */
export function parseApis(text: string, file: string): AppApi[] {
  const { packages, apis } = parseYaml(text, { file, schema: apiFileSchema, code, problemsOf });
  return apis.map((api) => ({
    name: api.name,
    description: api.description,
    permission: api.permission,
    packages,
    params: Object.entries(api.params).map(([name, param]) => paramOf(name, param)),
    way: wayOf(api),
  }));
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name) => path.join(folder, name));
  } catch (error) {
    throw configError(
      code,
      `${folder}: cannot read the folder of app interfaces (${errorMessage(error)}); emulators/apis is one`,
      error,
    );
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw configError(code, `${file}: cannot read the file (${errorMessage(error)})`, error);
  }
}

function paramOf(name: string, { type, choices, min, max, format, ...rest }: RawParam): DeclaredParam {
  const words = Array.isArray(choices) ? choices : choices && Object.keys(choices);
  return {
    ...rest,
    name,
    type: type === "integer" ? "number" : type,
    ...(type === "integer" && { whole: true }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(words !== undefined && { choices: words }),
    ...(choices !== undefined && !Array.isArray(choices) && { written: choices }),
    ...(format !== undefined && { format }),
  };
}

/** Exactly one is given: `problemsOf` saw to it. */
function wayOf({ intent, deepLink, setting, content, service }: RawApi): Way {
  if (deepLink !== undefined) {
    const view = { broadcast: false, action: "android.intent.action.VIEW", data: deepLink, extras: {} };
    return { kind: "intent", intent: view };
  }
  if (intent !== undefined) {
    const { data, mimeType, ...rest } = intent;
    const given = { ...(data !== undefined && { data }), ...(mimeType !== undefined && { mimeType }) };
    return { kind: "intent", intent: { ...rest, ...given } };
  }
  if (setting !== undefined) {
    const { value, ...rest } = setting;
    return { kind: "setting", setting: { ...rest, ...(value !== undefined && { value }) } };
  }
  if (content !== undefined) return { kind: "content", content: contentOf(content) };
  return { kind: "service", service: service! };
}

function contentOf({
  columns,
  where,
  like,
  sort,
  values,
  ...uris
}: NonNullable<RawApi["content"]>): ContentWay {
  const verb = verbs.find((each) => uris[each] !== undefined)!;
  return { verb, uri: uris[verb]!, columns, where, like, values, ...(sort !== undefined && { sort }) };
}
