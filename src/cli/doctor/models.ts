import { AndroidGenError, errorMessage } from "../../errors.ts";
import { createModelLayer, type ModelConfig } from "../../llm/index.ts";
import type { ModelOptions } from "../connect.ts";
import { namedConfig } from "../model.ts";
import type { DoctorCheck } from "./check.ts";

/** How long an endpoint may take to list its models. */
const listTimeoutMs = 10_000;
/** Models of a list that are named where the one in use is not among them. */
const mostNamed = 5;

const names = { one: "model endpoint", prices: "model prices" };

/**
 * Every endpoint that the options name, by a models file or one by one: its key, whether it answers, and whether it has
 * the models that are to be used. Asks for its list of models, which costs nothing; not every endpoint has one.
 */
export async function checkModels(options: ModelOptions): Promise<DoctorCheck[]> {
  let config: ModelConfig;
  try {
    config = await namedConfig(options);
  } catch (error) {
    if (!AndroidGenError.isInstance(error)) throw error;
    if (error.code === "MODEL_NOT_NAMED") {
      const mend = "give --base-url and --model, or --models FILE";
      return [{ name: names.one, status: "missing", found: "none named", mend }];
    }
    return [{ name: "models file", status: "missing", found: error.message }];
  }
  const used = modelsByEndpoint(config);
  const checks = await Promise.all([...used].map(([endpoint, models]) => checkOne(config, endpoint, models)));
  if (options.models === undefined) return checks.map((check) => ({ ...check, name: names.one }));
  return [...checks, ...idle(config, used), ...unpriced(config, used)];
}

function modelsByEndpoint({ roles }: ModelConfig): Map<string, string[]> {
  const used = new Map<string, string[]>();
  for (const { endpoint, model } of Object.values(roles).flatMap(({ use }) => use)) {
    const models = used.get(endpoint) ?? [];
    used.set(endpoint, models.includes(model) ? models : [...models, model]);
  }
  return used;
}

async function checkOne(
  config: ModelConfig,
  endpoint: string,
  models: readonly string[],
): Promise<DoctorCheck> {
  const name = `${names.one} ${endpoint}`;
  const complaint = await complaintOf(config, endpoint);
  if (complaint !== undefined) return { name, status: "missing", found: complaint };
  const { baseUrl, keyEnv } = config.endpoints[endpoint]!;
  const { origin, pathname } = new URL(baseUrl);
  const url = origin + pathname;
  const key = keyEnv === undefined ? undefined : process.env[keyEnv];
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/u, "")}/models`, {
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
      signal: AbortSignal.timeout(listTimeoutMs),
    });
    if (response.status === 401 || response.status === 403) {
      const [found, mend] =
        keyEnv === undefined
          ? [
              "wants a key",
              "set its environment variable, and name that: --api-key-env, or keyEnv in the models file",
            ]
          : ["refused the key", `put a valid key into ${keyEnv}`];
      return { name, status: "missing", found: `${url} ${found} (${response.status})`, mend };
    }
    if (response.status >= 500) {
      const found = `${url} answers with ${response.status}: it does not work now`;
      return {
        name,
        status: "missing",
        found,
        mend: "see its log; a server that has just started may still load its model",
      };
    }
    const ids = response.ok ? modelIds(await response.text()) : undefined;
    if (ids === undefined) {
      const found = `${url} answers, but has no list of models (${response.status})`;
      return {
        name,
        status: "hint",
        found,
        mend: "fine where it has none; else the address must end as the API's does, mostly in /v1",
      };
    }
    return listed(name, url, models, ids);
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const found = `${url} does not answer (${errorMessage(cause)})`;
    return { name, status: "missing", found, mend: "start it, or mend its address" };
  }
}

/** What a run would say of its address or its key before it asks for anything. */
async function complaintOf({ endpoints }: ModelConfig, endpoint: string): Promise<string | undefined> {
  const role = { use: [{ endpoint, model: "" }] };
  try {
    const roles = { policy: role, planner: role, critic: role };
    await createModelLayer({ endpoints, roles, prices: {} }).close();
    return undefined;
  } catch (error) {
    if (AndroidGenError.isInstance(error)) return error.message;
    throw error;
  }
}

function listed(name: string, url: string, models: readonly string[], ids: readonly string[]): DoctorCheck {
  const unknown = ids.length === 0 ? [] : models.filter((model) => !ids.includes(model));
  if (unknown.length === 0) return { name, status: "ok", found: `${url}, ${models.join(", ")}` };
  return {
    name,
    status: "hint",
    found: `${url} does not list ${unknown.join(", ")}`,
    mend: `it lists ${ids.slice(0, mostNamed).join(", ")}${ids.length > mostNamed ? " and others" : ""}`,
  };
}

/** Undefined where this is no list of models, such as a page for people. */
function modelIds(body: string): string[] | undefined {
  let data: unknown;
  try {
    data = (JSON.parse(body) as { data?: unknown } | null)?.data;
  } catch {
    return undefined;
  }
  return Array.isArray(data) ? data.map((model: { id?: unknown } | null) => String(model?.id)) : undefined;
}

function idle({ endpoints }: ModelConfig, used: ReadonlyMap<string, unknown>): DoctorCheck[] {
  const others = Object.keys(endpoints).filter((endpoint) => !used.has(endpoint));
  return others.map((endpoint) => ({
    name: `${names.one} ${endpoint}`,
    status: "hint",
    found: "no role uses it",
  }));
}

function unpriced({ prices }: ModelConfig, used: ReadonlyMap<string, readonly string[]>): DoctorCheck[] {
  const models = new Set([...used.values()].flat().filter((model) => !Object.hasOwn(prices, model)));
  if (models.size === 0) return [{ name: names.prices, status: "ok", found: "every model has one" }];
  const found = `there is none of ${[...models].join(", ")}`;
  const mend =
    "write them into the models file before a budget in dollars is given; budgets in tokens need none";
  return [{ name: names.prices, status: "hint", found, mend }];
}
