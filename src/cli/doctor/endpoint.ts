import { errorMessage } from "../../errors.ts";
import type { ModelOptions } from "../connect.ts";
import type { DoctorCheck } from "./check.ts";

const name = "model endpoint";

/** Asks for the list of models, which costs nothing; not every endpoint has one. */
export async function checkEndpoint(options: ModelOptions): Promise<DoctorCheck> {
  if (options.baseUrl === undefined || options.model === undefined) {
    return { name, status: "missing", found: "none named", mend: "give --base-url and --model" };
  }
  const key = process.env[options.apiKeyEnv];
  try {
    const response = await fetch(`${options.baseUrl.replace(/\/+$/, "")}/models`, {
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 401 || response.status === 403) {
      return {
        name,
        status: "missing",
        found: `the key was refused (${response.status})`,
        mend: `put a valid key into ${options.apiKeyEnv}`,
      };
    }
    if (!response.ok)
      return { name, status: "hint", found: `answers, but has no list of models (${response.status})` };
    const ids = modelIds(await response.json());
    return ids.length === 0 || ids.includes(options.model)
      ? { name, status: "ok", found: `${options.baseUrl}, ${options.model}` }
      : {
          name,
          status: "hint",
          found: `${options.model} is not in its list`,
          mend: `it lists ${ids.slice(0, 5).join(", ")}`,
        };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return {
      name,
      status: "missing",
      found: `${options.baseUrl} does not answer (${errorMessage(cause)})`,
      mend: "start it, or mend --base-url",
    };
  }
}

function modelIds(body: unknown): string[] {
  const data = (body as { data?: unknown } | null)?.data;
  return Array.isArray(data) ? data.map((model: { id?: unknown }) => String(model.id)) : [];
}
