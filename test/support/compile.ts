import { execFile } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { newFolder } from "./folder.ts";

const root = path.join(import.meta.dirname, "../..");

/**
 * Compiles a program of `test/support/`, with all it imports, into a new folder and returns its JavaScript
 * file. Started with plain node it is there in half the time that tsx takes: for programs that a test starts
 * many times.
 */
export async function compileProgram(name: string): Promise<string> {
  const folder = await newFolder();
  const config = {
    extends: path.join(root, "tsconfig.json"),
    // Types are the type check's business.
    compilerOptions: { noEmit: false, noCheck: true, rootDir: root, outDir: folder, types: [] },
    files: [path.join(root, "test/support", `${name}.ts`)],
    include: [],
  };
  const configFile = path.join(folder, "tsconfig.json");
  await writeFile(configFile, JSON.stringify(config));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", configFile]);
  return path.join(folder, "test/support", `${name}.js`);
}
