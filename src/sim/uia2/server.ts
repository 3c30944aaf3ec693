/**
 * The UiAutomator2 server of Appium on the simulated phone: HTTP/1.1 over whatever connects to its port.
 * Routes, replies and errors are those of appium-uiautomator2-server 10.6 (`AppiumServlet`,
 * `ServerHandler`, `AppiumResponse`).
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { errorMessage } from "../../errors.ts";
import { unknownCommand, Uia2Error } from "./errors.ts";
import type { Routes, Session, Uia2Host } from "./context.ts";
import { createSession, deleteSession, sessionlessRoutes, type SessionStore } from "./sessions.ts";
import { deviceRoutes } from "./device-routes.ts";
import { elementRoutes } from "./element-routes.ts";
import { inputRoutes } from "./input-routes.ts";
import { gestureRoutes } from "./gesture-routes.ts";
import { screenRoutes } from "./screen-routes.ts";
import { scrollRoutes } from "./scroll-routes.ts";
import { windowRoutes } from "./window-routes.ts";

export interface Uia2Server {
  /** A connection to the server's port. */
  accept(connection: Duplex): void;
  /** The charger was taken away: it stops, unless its session says that it must not (`PowerConnectionReceiver`). */
  unplugged(): void;
  /** Drops every connection. */
  close(): void;
}

const routes: Routes = {
  ...deviceRoutes,
  ...elementRoutes,
  ...gestureRoutes,
  ...inputRoutes,
  ...screenRoutes,
  ...scrollRoutes,
  ...windowRoutes,
};

const matchers = [...Object.keys(routes), ...Object.keys(sessionlessRoutes)].map((route) => {
  const [method = "", path = ""] = route.split(" ");
  return { route, method, sections: path.split("/") };
});

/** The longest body it takes (`ServerInitializer`'s aggregator). */
const maxBody = 64 * 1024;
/** Its prefix in old clients. */
const legacyPrefix = "/wd/hub";

interface Reply {
  status: number;
  sessionId: string | null;
  value: unknown;
}

/**
 * @param signal is aborted when the server's process ends.
 * @param end ends it: `stopped` by its client, or `crashed` by a fault.
 */
export function createUia2Server(
  host: Uia2Host,
  signal: AbortSignal,
  end: (how: "stopped" | "crashed") => void,
): Uia2Server {
  const connections = new Set<Duplex>();
  const store: SessionStore = { session: undefined };

  const server = createServer(
    { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 },
    (request, response) => {
      void serve(request, response).catch(() => response.destroy());
    },
  );

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === undefined) {
      // Netty answers this by itself (`HttpObjectAggregator`), without a word.
      response.writeHead(413, { "Content-Length": 0 }).end();
      return;
    }
    if (host.faults.strike("instrumentation-death") !== undefined) {
      end("crashed");
      return;
    }
    const path = (request.url ?? "").split("?")[0]!.replace(new RegExp(`^${legacyPrefix}`, "u"), "");
    const { status, sessionId, value } = await answer(request.method ?? "", path, body);
    const text = Buffer.from(JSON.stringify({ sessionId, value: value ?? null }));
    response.writeHead(status, {
      "Content-Type": "application/json; charset=UTF-8",
      "Content-Length": text.length,
      Pragma: "no-cache",
      "Cache-Control": "no-store",
    });
    response.end(text, () => {
      // The real one stops 15 ms after its reply; what counts is that the reply comes first.
      if (request.method === "DELETE" && status === 200) end("stopped");
    });
  }

  async function answer(method: string, path: string, body: string): Promise<Reply> {
    const match = findRoute(method, path);
    const asked = match?.parameters["sessionId"] ?? null;
    try {
      if (match === undefined) throw unknownCommand();
      return await handle(match.route, match.parameters, parseBody(body));
    } catch (error) {
      const known = error instanceof Uia2Error ? error : new Uia2Error("unknown error", errorMessage(error));
      return { status: known.status, sessionId: asked, value: known.toValue() };
    }
  }

  async function handle(
    route: string,
    parameters: Record<string, string>,
    body: Record<string, unknown>,
  ): Promise<Reply> {
    if (route === "POST /session") {
      const session = createSession(host, store, body);
      return {
        status: 200,
        sessionId: session.id,
        value: { sessionId: session.id, capabilities: body["capabilities"] },
      };
    }
    const sessionless = sessionlessRoutes[route];
    if (sessionless !== undefined) return { status: 200, sessionId: "None", value: sessionless(host, store) };
    if (host.faults.strike("session-lost") !== undefined) store.session = undefined;
    const session = sessionOf(store, parameters["sessionId"] ?? "");
    if (route === "DELETE /session/:sessionId") deleteSession(store);
    const value = await routes[route]!({ host, session, signal, parameters, body });
    return { status: 200, sessionId: session.id, value };
  }

  return {
    accept(connection) {
      connections.add(connection);
      connection.once("close", () => connections.delete(connection));
      // Node's HTTP server takes any duplex for a socket.
      server.emit("connection", connection);
    },
    unplugged() {
      if (store.session?.settings.get("shutdownOnPowerDisconnect") !== false) end("stopped");
    },
    close() {
      for (const connection of connections) connection.destroy();
    },
  };
}

function sessionOf(store: SessionStore, id: string): Session {
  const { session } = store;
  if (session === undefined || session.id !== id)
    throw new Uia2Error("invalid session id", `The session identified by ${id} is not known`);
  return session;
}

function findRoute(
  method: string,
  path: string,
): { route: string; parameters: Record<string, string> } | undefined {
  const sections = path.split("/");
  const fits = (wanted: readonly string[]): boolean =>
    wanted.length === sections.length &&
    wanted.every((section, at) => section.startsWith(":") || section === sections[at]);
  // A route without holes comes before one with them: `/element/active` is no element's route.
  const match = matchers
    .filter((each) => each.method === method && fits(each.sections))
    .sort((a, b) => holes(a.sections) - holes(b.sections))[0];
  if (match === undefined) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, section] of match.sections.entries()) {
    if (section.startsWith(":")) parameters[section.slice(1)] = decode(sections[at]!);
  }
  return { route: match.route, parameters };
}

function holes(sections: readonly string[]): number {
  return sections.filter((section) => section.startsWith(":")).length;
}

function decode(section: string): string {
  try {
    return decodeURIComponent(section);
  } catch {
    return section;
  }
}

function parseBody(body: string): Record<string, unknown> {
  if (body.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told below, as for any other text that is no object.
  }
  throw new Uia2Error("invalid argument", `The request body is not a JSON object: ${body.slice(0, 200)}`);
}

/** Undefined where it is too long. It is read to its end all the same, so that its sender hears the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= maxBody) parts.push(part);
  }
  return size > maxBody ? undefined : Buffer.concat(parts).toString("utf8");
}
