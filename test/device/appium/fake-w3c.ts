import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, openClient } from "../../../src/device/appium/client.ts";

/** What the fake answers to one request: a value, a WebDriver error, or nothing at all. */
export type Answer =
  | { value: unknown }
  | { status: number; error: string; message: string }
  | "cut the connection"
  | "never answer";

/** A WebDriver server of few words: it opens sessions and answers the rest as it is told to. */
export class FakeW3c {
  /** Method and path below the session, of every call but the first. */
  readonly calls: { what: string; body: unknown }[] = [];
  /** The next answers, in order; then `null`s. */
  readonly answers: Answer[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeW3c> {
    const server = createServer();
    const fake = new FakeW3c(server);
    server.on("request", (request, response) => void fake.#serve(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  open(commandMs = 5000): Promise<Client> {
    return openClient({ url: this.url, capabilities, sessionMs: 5000, commandMs });
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url!;
    const answer = path === "/session" ? opened : this.#answer(request.method!, path, body);
    if (answer === "never answer") return;
    if (answer === "cut the connection") {
      request.socket.destroy();
      return;
    }
    const well = "value" in answer;
    const value = well
      ? answer.value
      : { error: answer.error, message: answer.message, stacktrace: "at nowhere" };
    response.writeHead(well ? 200 : answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ value }));
  }

  #answer(method: string, path: string, body: unknown): Answer {
    this.calls.push({ what: `${method} ${path.replace(/^\/session\/[^/]+/u, "")}`, body });
    return this.answers.shift() ?? { value: null };
  }
}

const capabilities = {
  platformName: "Android",
  "wdio:enforceWebDriverClassic": true,
  "appium:automationName": "UiAutomator2",
};

const opened: Answer = { value: { sessionId: "5e55101", capabilities: { platformName: "Android" } } };

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? undefined : JSON.parse(text);
}
