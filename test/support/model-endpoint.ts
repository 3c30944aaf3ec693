import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as an endpoint got it. */
export interface AskedBody extends Record<string, unknown> {
  model: string;
  messages: { role: string; content: unknown }[];
}

export type Answer = (response: ServerResponse, body: AskedBody) => void;

export interface ModelEndpoint {
  readonly baseUrl: string;
  /** What it was asked, in order. */
  readonly asked: AskedBody[];
  /** Takes the next call; may be changed at any time. */
  answer: Answer;
  close(): Promise<void>;
}

/** An OpenAI-compatible endpoint of a test's own making. */
export async function startEndpoint(answer: Answer): Promise<ModelEndpoint> {
  const asked: AskedBody[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as AskedBody;
      asked.push(body);
      endpoint.answer(response, body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const endpoint: ModelEndpoint = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    answer,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return endpoint;
}

export function says(
  content: string | null,
  more: { message?: object; finish?: string; usage?: object | null; model?: string } = {},
): Answer {
  const { message = {}, finish = "stop", model = "served" } = more;
  const usage = more.usage === undefined ? { prompt_tokens: 20, completion_tokens: 5 } : more.usage;
  return status(200, {
    model,
    choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content, ...message } }],
    ...(usage === null ? {} : { usage }),
  });
}

export function status(code: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

export function fails(code: number, message = "no", headers: Record<string, string> = {}): Answer {
  return status(code, { error: { message } }, headers);
}

/** Never answers. */
export const hangs: Answer = () => {};

/** These answers one after the other, the last one for ever. */
export function inTurn(...answers: Answer[]): Answer {
  let calls = 0;
  return (response, body) => answers[Math.min(calls++, answers.length - 1)]!(response, body);
}
