import type { Duplex } from "node:stream";
import type { AdbHost, ConsoleHost, ProcessIo } from "../../../src/sim/adb/index.ts";
import { createFaults } from "../../../src/sim/faults.ts";
import { createPorts, type DevicePorts } from "../../../src/sim/system/ports.ts";
import type { SimFiles, SimFileStat } from "../../../src/sim/system/services.ts";

type Command = (io: ProcessIo, command: string) => Promise<number> | number;

/** The smallest phone that the adb side can be tried on: files in a map, and commands by name. */
export class FakeHost implements AdbHost, ConsoleHost {
  readonly product = { name: "sdk_gphone64_x86_64", model: "sdk gphone64", device: "emu64x" };
  readonly avdName = "fake_avd";
  readonly files = new FakeFiles();
  readonly faults = createFaults();
  readonly ran: string[] = [];
  readonly delays: string[] = [];
  readonly received: { number: string; text: string }[] = [];
  readonly tcp = new Map<number, () => Duplex>();
  readonly #ports = createPorts();
  readonly ports: DevicePorts = {
    listen: (port, accept) => this.#ports.listen(port, accept),
    connect: (port) => this.tcp.get(port)?.() ?? this.#ports.connect(port),
  };
  readonly saved = new Map<string, number>();
  killed = false;
  readonly commands: Record<string, Command> = {
    echo: (io, command) => print(io, `${command.replace(/^echo /, "")}\n`),
    fail: (io) => {
      io.stdout(Buffer.from("out\n"));
      io.stderr(Buffer.from("err\n"));
      return 7;
    },
    cat: async (io) => {
      for await (const chunk of io.stdin) io.stdout(chunk);
      return 0;
    },
    // Like `cmd package install -S N`: stops reading in the middle of its input.
    take: async (io, command) => {
      let left = Number(command.split(" ")[1]);
      for await (const chunk of io.stdin) {
        left -= chunk.length;
        if (left <= 0) break;
      }
      return print(io, "Success\n");
    },
    logcat: (io) =>
      new Promise((resolve) => {
        io.stdout(Buffer.from("--------- beginning of main\n"));
        io.signal.addEventListener("abort", () => {
          this.ran.push("logcat ended");
          resolve(130);
        });
      }),
    crash: () => {
      throw new Error("no such service");
    },
  };

  async run(command: string, io: ProcessIo): Promise<number> {
    this.ran.push(command);
    const lines = command.split("\n");
    const last = lines.at(-1)!;
    const handler = this.commands[last.split(" ")[0]!];
    if (handler !== undefined) return await handler(io, last);
    if (last === "pwd") return print(io, `${lines.at(-2)!.replace("cd ", "")}\n`);
    if (last.startsWith("cd ")) return 0;
    io.stderr(Buffer.from(`sh: ${last}: inaccessible or not found\n`));
    return 127;
  }

  async frame(): Promise<{ width: number; height: number; rgba: Buffer }> {
    return { width: 2, height: 1, rgba: Buffer.from([255, 0, 0, 255, 0, 0, 255, 255]) };
  }

  async delay(kind: "sync" | "connect"): Promise<void> {
    this.delays.push(kind);
  }

  readonly snapshots = {
    list: () => [...this.saved].map(([name, sizeBytes]) => ({ name, sizeBytes, savedAt: 1_700_000_000_000 })),
    save: (name: string) => void this.saved.set(name, 78_643_200),
    load: (name: string) => this.#demand(name),
    delete: (name: string) => {
      this.#demand(name);
      this.saved.delete(name);
    },
  };

  receiveSms(number: string, text: string): void {
    this.received.push({ number, text });
  }

  kill(): void {
    this.killed = true;
  }

  #demand(name: string): void {
    if (!this.saved.has(name)) throw new Error(`Snapshot '${name}' does not exist`);
  }
}

function print(io: ProcessIo, text: string): number {
  io.stdout(Buffer.from(text));
  return 0;
}

class FakeFiles implements SimFiles {
  readonly #entries = new Map<string, SimFileStat & { content: Uint8Array }>();

  constructor() {
    this.mkdir("/");
    this.mkdir("/sdcard");
  }

  exists(path: string): boolean {
    return this.#entries.has(normal(path));
  }

  stat(path: string): SimFileStat {
    const { kind, mode, size, mtime } = this.#demand(path);
    return { kind, mode, size, mtime };
  }

  read(path: string): Uint8Array {
    return this.#demand(path).content;
  }

  readText(path: string): string {
    return Buffer.from(this.read(path)).toString();
  }

  write(path: string, content: Uint8Array | string, options: { mode?: number; mtime?: number } = {}): void {
    if (path.startsWith("/system/")) throw errno("EROFS");
    const bytes = Buffer.from(content);
    this.#entries.set(normal(path), {
      kind: "file",
      mode: options.mode ?? 0o660,
      size: bytes.length,
      mtime: options.mtime ?? 0,
      content: bytes,
    });
  }

  list(path: string): string[] {
    const folder = normal(path) === "/" ? "/" : `${normal(path)}/`;
    if (this.#demand(path).kind !== "directory") throw errno("ENOTDIR");
    return [...this.#entries.keys()]
      .filter((name) => name.startsWith(folder) && name.length > folder.length)
      .map((name) => name.slice(folder.length))
      .filter((name) => !name.includes("/"));
  }

  mkdir(path: string): void {
    const entry = { kind: "directory", mode: 0o771, size: 4096, mtime: 0, content: Buffer.alloc(0) } as const;
    this.#entries.set(normal(path), entry);
  }

  remove(path: string): void {
    this.#entries.delete(normal(path));
  }

  move(from: string, to: string): void {
    this.#entries.set(normal(to), this.#demand(from));
    this.remove(from);
  }

  #demand(path: string): SimFileStat & { content: Uint8Array } {
    const entry = this.#entries.get(normal(path));
    if (entry === undefined) throw errno("ENOENT");
    return entry;
  }
}

function normal(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return `/${parts.join("/")}`;
}

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}
