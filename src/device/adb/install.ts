import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { configError, errorMessage, infraError } from "../../errors.ts";
import type { TransferOptions } from "../device.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

/** One APK on this host. */
interface ApkFile {
  path: string;
  size: number;
}

export interface InstallOptions extends TransferOptions {
  /** Bound of each transfer and of the installation, in milliseconds. */
  timeoutMs: number;
}

/** Replace the app where it is there already, and grant it what it asks for. */
const flags = ["-r", "-g"];

/**
 * Installs one app, streaming its parts into the package manager where the device can take them so. What
 * was begun and not finished is abandoned. Throws `APK_UNREADABLE` (`config`) or `INSTALL_FAILED`
 * (`infra`) with Android's own code, such as INSTALL_FAILED_INSUFFICIENT_STORAGE.
 */
export async function installApp(
  transport: AdbTransport,
  paths: readonly string[],
  options: InstallOptions,
): Promise<void> {
  if (paths.length === 0) throw configError("APK_UNREADABLE", "an app to install has at least one file");
  const files = await Promise.all(paths.map(apkFile));
  const install = new Installation(transport, files, options);
  if (files.length === 1) await install.whole(files[0]!);
  else await install.split(files);
}

class Installation {
  readonly #transport: AdbTransport;
  readonly #name: string;
  readonly #options: InstallOptions;
  readonly #total: number;
  #sent = 0;

  constructor(transport: AdbTransport, files: readonly ApkFile[], options: InstallOptions) {
    this.#transport = transport;
    this.#name = files.map((file) => basename(file.path)).join(", ");
    this.#options = options;
    this.#total = files.reduce((sum, file) => sum + file.size, 0);
  }

  /** `cmd package` reads an APK from its standard input; devices without `cmd` must be given a file. */
  async whole(file: ApkFile): Promise<void> {
    if (this.#streams) {
      const install = ["cmd", "package", "install", ...flags, "-S", String(file.size)];
      this.#check(await this.#stream(install, file));
      return;
    }
    await this.#withRemote(file, async (remote) => {
      this.#check(await this.#run(["pm", "install", ...flags, remote]));
    });
  }

  /** One session takes all parts, and installs them together or not at all. */
  async split(files: readonly ApkFile[]): Promise<void> {
    const created = this.#check(
      await this.#run(["pm", "install-create", ...flags, "-S", String(this.#total)]),
    );
    const session = /\[(\d+)\]/u.exec(created)?.[1];
    if (session === undefined) throw this.#failure(created);
    try {
      for (const [i, file] of files.entries()) await this.#write(session, `${i}.apk`, file);
      this.#check(await this.#run(["pm", "install-commit", session]));
    } catch (error) {
      // The first failure is the one to tell; a session of a device that is gone went with it.
      await this.#run(["pm", "install-abandon", session]).catch(() => {});
      throw error;
    }
  }

  async #write(session: string, name: string, file: ApkFile): Promise<void> {
    const size = ["-S", String(file.size)];
    if (this.#streams) {
      const write = ["cmd", "package", "install-write", ...size, session, name, "-"];
      this.#check(await this.#stream(write, file));
      return;
    }
    await this.#withRemote(file, async (remote) => {
      this.#check(await this.#run(["pm", "install-write", ...size, session, name, remote]));
    });
  }

  get #streams(): boolean {
    return this.#transport.features.includes("cmd");
  }

  async #stream(argv: readonly string[], file: ApkFile): Promise<string> {
    const input = this.#blocks(file);
    const { timeoutMs } = this.#options;
    return (await this.#transport.exec(commandLine(argv), { timeoutMs, input })).toString();
  }

  async *#blocks(file: ApkFile): AsyncGenerator<Buffer> {
    if (file.size === 0) return;
    for await (const block of createReadStream(file.path, { end: file.size - 1 })) {
      yield block as Buffer;
      this.#sent += (block as Buffer).length;
      this.#options.onProgress?.({ bytes: this.#sent, total: this.#total });
    }
  }

  async #withRemote(file: ApkFile, use: (remote: string) => Promise<void>): Promise<void> {
    const remote = `/data/local/tmp/androidgen-${randomBytes(6).toString("hex")}.apk`;
    const before = this.#sent;
    try {
      await this.#transport.push(await readFile(file.path), remote, 0o644, {
        timeoutMs: this.#options.timeoutMs,
        onProgress: ({ bytes }) => {
          this.#sent = before + bytes;
          this.#options.onProgress?.({ bytes: this.#sent, total: this.#total });
        },
      });
      await use(remote);
    } finally {
      // What became of the installation is to be told, not that its file stays on a device that is gone.
      await this.#run(["rm", "-f", remote]).catch(() => {});
    }
  }

  async #run(argv: readonly string[]): Promise<string> {
    const { timeoutMs } = this.#options;
    const { stdout, stderr } = await this.#transport.run(commandLine(argv), { timeoutMs });
    return `${stdout.toString()}\n${stderr.toString()}`.trim();
  }

  /** Old versions exit with 0 whatever happened: only the word tells. */
  #check(said: string): string {
    if (!/^Success\b/mu.test(said)) throw this.#failure(said);
    return said;
  }

  #failure(said: string): Error {
    const reason = /^Failure \[(.*)\]/mu.exec(said)?.[1] ?? (said.trim().slice(0, 500) || "no answer");
    return infraError("INSTALL_FAILED", `installing ${this.#name} on ${this.#transport.serial}: ${reason}`);
  }
}

async function apkFile(path: string): Promise<ApkFile> {
  try {
    await access(path, constants.R_OK);
    return { path, size: (await stat(path)).size };
  } catch (error) {
    throw configError("APK_UNREADABLE", `the app file ${path} cannot be read: ${errorMessage(error)}`, error);
  }
}
