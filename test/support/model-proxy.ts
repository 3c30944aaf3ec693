import { once } from "node:events";
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of a call: it reaches the model, or one of the ways in which endpoints fail. */
export type Weather =
  | "fine"
  /** The connection is cut before an answer. */
  | "cut"
  /** Nothing is ever answered. */
  | "hang"
  | { status: number; headers?: Record<string, string>; body: string };

export interface ModelProxy {
  readonly baseUrl: string;
  weather: Weather;
  /** Called with the number of each call, from 1, before it is answered. */
  onCall: (call: number) => void;
  /** Values of the `authorization` header that were sent. */
  readonly authorizations: Set<string>;
  /** Temperatures that the model was asked for; undefined for its own. */
  readonly temperatures: Set<unknown>;
  /** Calls that came. */
  readonly calls: number;
  /** From now on nobody listens at its port; `listen` opens it again. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** Stands before a model endpoint, and fails as it is told to. */
export async function startModelProxy(target: string): Promise<ModelProxy> {
  const authorizations = new Set<string>();
  const temperatures = new Set<unknown>();
  let calls = 0;
  const server = createServer((request, response) => {
    calls++;
    authorizations.add(request.headers.authorization ?? "");
    proxy.onCall(calls);
    const body: Buffer[] = [];
    request.on("data", (chunk: Buffer) => body.push(chunk));
    request.on("end", () => temperatures.add(JSON.parse(Buffer.concat(body).toString()).temperature));
    answer(proxy.weather, request, response, target);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const proxy: ModelProxy = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    weather: "fine",
    onCall: () => {},
    authorizations,
    temperatures,
    get calls() {
      return calls;
    },
    async refuse() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async listen() {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    close: async () => proxy.refuse(),
  };
  return proxy;
}

function answer(weather: Weather, request: IncomingMessage, response: ServerResponse, target: string): void {
  if (weather === "hang") return;
  if (weather === "cut") {
    request.socket.destroy();
  } else if (weather === "fine") {
    passOn(request, response, target);
  } else {
    request.resume();
    response.writeHead(weather.status, { "content-type": "application/json", ...weather.headers });
    response.end(weather.body);
  }
}

function passOn(request: IncomingMessage, response: ServerResponse, target: string): void {
  const { host: _, ...headers } = request.headers;
  const url = `${target}${request.url!.replace(/^\/v1/, "")}`;
  const onward = forward(url, { method: request.method!, headers }, (reply) => {
    response.writeHead(reply.statusCode!, reply.headers);
    reply.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}

/** The body of a chat completion. */
export function completion(content: string | null): string {
  return JSON.stringify({
    id: "1",
    object: "chat.completion",
    model: "m",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}
