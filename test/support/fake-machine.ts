import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Machine } from "../../src/cli/doctor/programs.ts";
import { newFolder } from "./folder.ts";

/** A machine whose path and SDK hold only what a test puts there. */
export interface FakeMachine extends Machine {
  folder: string;
  /** The only folder on its path. */
  bin: string;
}

export async function fakeMachine(more: Partial<Machine> = {}): Promise<FakeMachine> {
  const folder = await newFolder();
  const bin = path.join(folder, "bin");
  await mkdir(bin);
  return {
    folder,
    bin,
    platform: "linux",
    arch: "x64",
    env: { PATH: bin },
    kvm: path.join(folder, "kvm"),
    usualSdks: [path.join(folder, "usual")],
    home: path.join(folder, "home"),
    ...more,
  };
}

/** A program that prints a text and ends with a code; its arguments are appended to `FILE.calls`. */
export async function fakeProgram(file: string, text: string, code = 0): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const printed = text.replaceAll("'", String.raw`'\''`);
  await writeFile(
    file,
    `#!/bin/sh\nprintf '%s\\n' "$*" >> '${file}.calls'\nprintf '%s\\n' '${printed}'\nexit ${code}\n`,
  );
  await chmod(file, 0o755);
  return file;
}

export async function fakeFile(file: string, mode = 0o644): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "");
  await chmod(file, mode);
}
