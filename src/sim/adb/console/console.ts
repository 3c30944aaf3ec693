import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { ConsoleHost } from "../host.ts";
import { listen } from "../listen.ts";
import { consoleToken } from "./auth.ts";
import { consoleCommands, describe, runCommandLine, splitFirst } from "./commands.ts";
import { Refusal } from "./refusal.ts";

export interface EmulatorConsole {
  readonly port: number;
  close(): Promise<void>;
}

export interface ConsoleOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Normally `.emulator_console_auth_token` in the user's home, where adb looks for it. */
  tokenFile: string;
}

const helpHint = "Android Console: type 'help' for a list of commands";
/** A line longer than this is no command. */
const maxLine = 64 * 1024;

/** The emulator console: one command per line over TCP, each answered by lines and OK, or by `KO: `. */
export async function startConsole(host: ConsoleHost, options: ConsoleOptions): Promise<EmulatorConsole> {
  // Made at the start, so that a client finds it; read again for every client, as the emulator does.
  await consoleToken(options.tokenFile);
  const listener = await listen(
    (socket) => {
      new Session(socket, host, options.tokenFile).serve().catch((error: unknown) => {
        if (socket.writable) socket.end(`KO: ${error instanceof Error ? error.message : String(error)}\r\n`);
      });
    },
    { port: options.port ?? 0 },
  );
  return { port: listener.port, close: () => listener.close() };
}

class Session {
  readonly #socket: Socket;
  readonly #host: ConsoleHost;
  readonly #tokenFile: string;
  #authenticated = false;

  constructor(socket: Socket, host: ConsoleHost, tokenFile: string) {
    this.#socket = socket;
    this.#host = host;
    this.#tokenFile = tokenFile;
  }

  async serve(): Promise<void> {
    const token = await consoleToken(this.#tokenFile);
    this.#authenticated = token === "";
    this.#say(...(token === "" ? [helpHint, "OK"] : this.#greeting()));

    let pending = 0;
    this.#socket.on("data", (chunk) => {
      pending = chunk.includes(0x0a) ? 0 : pending + chunk.length;
      if (pending > maxLine) this.#socket.destroy();
    });
    for await (const line of createInterface({ input: this.#socket, crlfDelay: Infinity })) {
      // A web page can make a browser send requests to loopback; none of its lines may be a command.
      if (/^[A-Z]+ \S+ HTTP\//.test(line)) {
        this.#say("KO: Forbidden HTTP request. Aborting");
        break;
      }
      if (this.#runLine(line, token) === "end") break;
    }
    this.#socket.end();
    this.#socket.resume();
  }

  #runLine(line: string, token: string): "end" | "on" {
    const [name, args] = splitFirst(line);
    if (name === "quit" || name === "exit") return "end";
    if (name === "kill" && this.#authenticated) {
      // The emulator ends once the client has been told.
      this.#socket.end("OK: killing emulator, bye bye\r\n", () => this.#host.kill());
      return "end";
    }
    try {
      this.#say(...this.#answer(line, name, args, token), "OK");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#say(...error.lines, `KO: ${error.message}`);
    }
    return "on";
  }

  #answer(line: string, name: string, args: string, token: string): string[] {
    if (name === "help" || name === "h" || name === "?") return this.#help(args);
    if (name === "auth" && !this.#authenticated) {
      if (args === "") throw new Refusal("missing authentication token");
      if (args.trim() !== token) {
        throw new Refusal("authentication token does not match ~/.emulator_console_auth_token");
      }
      this.#authenticated = true;
      return [helpHint];
    }
    return runCommandLine(line, this.#authenticated, this.#host);
  }

  #help(topic: string): string[] {
    if (topic === "") {
      const names = [...consoleCommands]
        .filter(([, command]) => this.#authenticated || command.open)
        .map(([name]) => name);
      const session = this.#authenticated ? ["kill", "quit|exit"] : ["auth", "quit|exit"];
      return [
        "Android console commands:",
        ...["help|h|?", ...names, ...session].map((name) => `    ${name}`),
        "",
        "Try 'help <command>' for command-specific help",
      ];
    }
    const command = consoleCommands.get(splitFirst(topic)[0]);
    if (command === undefined) throw new Refusal("unknown command", [...this.#help(""), ""]);
    return describe(command);
  }

  #greeting(): string[] {
    return [
      "Android Console: Authentication required",
      "Android Console: type 'auth <auth_token>' to authenticate",
      "Android Console: you can find your <auth_token> in ",
      `'${this.#tokenFile}'`,
      "OK",
    ];
  }

  #say(...lines: string[]): void {
    if (this.#socket.writable) this.#socket.write(lines.map((line) => `${line}\r\n`).join(""));
  }
}
