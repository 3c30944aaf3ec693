import { z } from "zod";
import { type ModelConfig, thinkingModes, thinkingStyles } from "./config.ts";

const positive = z.number().positive();
const count = z.number().int().positive();
const dollars = z.number().nonnegative();

const endpoint = z.strictObject({
  baseUrl: z
    .string()
    .refine(isHttpUrl, "an http or https URL in full is needed, such as http://127.0.0.1:8000/v1"),
  keyEnv: z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]*$/u,
      "the name of an environment variable is needed, such as OPENAI_API_KEY, never the key itself",
    )
    .exactOptional(),
  requestsPerMinute: positive.exactOptional(),
  tokensPerMinute: positive.exactOptional(),
  timeoutSeconds: positive.max(3600).default(120),
  concurrency: count.exactOptional(),
  thinkingStyle: z.enum(thinkingStyles).default("none"),
});

const choice = z.strictObject({ endpoint: z.string().min(1), model: z.string().min(1) });

const role = z.strictObject({
  use: z.array(choice).min(1),
  temperature: z.number().min(0).max(2).exactOptional(),
  maxTokens: count.exactOptional(),
  thinking: z.enum(thinkingModes).exactOptional(),
});

const price = z.strictObject({ input: dollars, output: dollars, cachedInput: dollars.exactOptional() });

/** A models file, with what its parts must have to do with each other. Planner and critic follow the policy. */
export const modelConfigSchema = z
  .strictObject({
    endpoints: z.record(z.string().min(1), endpoint),
    roles: z.strictObject({ policy: role, planner: role.exactOptional(), critic: role.exactOptional() }),
    prices: z.record(z.string().min(1), price).default({}),
  })
  .superRefine(({ endpoints, roles }, context) => {
    const known = Object.keys(endpoints).join(", ") || "none";
    for (const [name, { use, thinking }] of Object.entries(roles)) {
      for (const [i, each] of use.entries()) {
        const server = Object.hasOwn(endpoints, each.endpoint) ? endpoints[each.endpoint] : undefined;
        const path = ["roles", name, "use", i, "endpoint"];
        if (server === undefined) {
          context.addIssue({
            code: "custom",
            path,
            message: `no endpoint has this name; there are ${known}`,
          });
        } else if (thinking !== undefined && server.thinkingStyle === "none") {
          const message = `thinking is "${thinking}", but nothing says how ${each.endpoint} is told to think; give it a thinkingStyle`;
          context.addIssue({ code: "custom", path: ["roles", name, "thinking"], message });
        }
      }
    }
  })
  .transform(({ endpoints, roles, prices }): ModelConfig => {
    const { policy, planner = policy, critic = policy } = roles;
    return { endpoints, roles: { policy, planner, critic }, prices };
  });

function isHttpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:";
}
