import OpenAI from "openai";
import { configError } from "../../errors.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import type { EndpointConfig, ThinkingStyle } from "../config/config.ts";

/** An endpoint as it is asked. */
export interface Server {
  name: string;
  client: OpenAI;
  /** Without credentials. */
  url: string;
  timeoutMs: number;
  thinkingStyle: ThinkingStyle;
  /** Takes the key out of a text of the endpoint's. */
  hideKey: (text: string) => string;
  /** Models that refused `max_tokens` for its new name; found out as we go. */
  newTokenLimit: Set<string>;
}

/** Shorter keys are words such as `none`, which local servers are given and models write. */
const shortestSecret = 8;

/** Throws `KEY_MISSING`, `LLM_BAD_URL` or `LLM_BAD_KEY` (class `config`). */
export function openServer(name: string, config: EndpointConfig, env: NodeJS.ProcessEnv): Server {
  const url = shownUrl(config.baseUrl);
  const key = keyOf(name, config.keyEnv, env);
  return {
    name,
    client: new OpenAI({
      baseURL: config.baseUrl,
      // Given explicitly: the client would otherwise take the user's OpenAI key from the environment and
      // send it to whatever endpoint is configured here. It wants a key even where the server wants none.
      apiKey: key ?? "none",
      adminAPIKey: null,
      organization: null,
      project: null,
      timeout: config.timeoutSeconds * 1000,
      maxRetries: 0,
      logLevel: "off",
      fetch: boundedFetch,
    }),
    url,
    timeoutMs: config.timeoutSeconds * 1000,
    thinkingStyle: config.thinkingStyle,
    hideKey: (text) =>
      key === undefined || key.length < shortestSecret ? text : text.replaceAll(key, "[API key]"),
    newTokenLimit: new Set(),
  };
}

/** The endpoint as it may be shown: without a query, which may hold a key. */
function shownUrl(baseUrl: string): string {
  const parsed = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (parsed === undefined || !["http:", "https:"].includes(parsed.protocol)) {
    throw configError(
      "LLM_BAD_URL",
      "The model endpoint's base URL is not an http or https URL. Give it in full, such as http://127.0.0.1:8000/v1.",
    );
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw configError(
      "LLM_BAD_URL",
      "The model endpoint's base URL holds a password. Give it as the API key.",
    );
  }
  return parsed.origin + parsed.pathname;
}

function keyOf(name: string, keyEnv: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (keyEnv === undefined) return undefined;
  const key = env[keyEnv];
  if (key === undefined || key === "") {
    throw configError(
      "KEY_MISSING",
      `The endpoint ${name} takes its key from the environment variable ${keyEnv}, which is not set. Set it, or leave keyEnv out where no key is needed.`,
    );
  }
  // A key with a line break at its end, as files have it, would only fail much later and unclearly.
  if (/^[!-~]+$/u.test(key)) return key;
  throw configError(
    "LLM_BAD_KEY",
    `The API key in ${keyEnv} holds white space or characters that no key has. Give it without quotes and line breaks.`,
  );
}
