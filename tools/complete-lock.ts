/**
 * Adds to package-lock.json the optional platform packages that npm left out, so that `npm ci` takes it on every
 * platform: node --import tsx tools/complete-lock.ts
 *
 * npm silently leaves an optional package out of the lock file when the registry it asked has no copy of it, as
 * partial mirrors do for other platforms, and then `npm ci` refuses that very lock file. Versions are exact in
 * the packages that name them; the platform is in the package's name, as napi-rs and oxc write it. npm skips
 * an entry whose platform is not its own without asking for it. Safe to run again; prints what it added.
 */
import { readFile, writeFile } from "node:fs/promises";

interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

const OS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const CPU = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "mipsel",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
];

/** The platform that a package's name tells: `@napi-rs/canvas-linux-x64-musl`. */
export function platformOf(name: string): Pick<LockEntry, "os" | "cpu" | "libc"> {
  const words = name.replace(/^.*\//, "").split(/[-.]/);
  const os = OS.find((known) => words.includes(known));
  const cpu = CPU.find((known) => words.includes(known));
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : undefined;
  const glibc = os === "linux" && words.some((word) => word.startsWith("gnu")) ? "glibc" : undefined;
  const found = libc ?? glibc;
  return {
    ...(os === undefined ? {} : { os: [os] }),
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(found === undefined ? {} : { libc: [found] }),
  };
}

/** The entries that are missing, by their place in the lock file. Throws for a name that tells no platform. */
export function missingEntries(packages: Record<string, LockEntry>): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = `${place}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
      if (found || place === "") continue;
      const platform = platformOf(name);
      if (platform.os === undefined && platform.cpu === undefined) {
        throw new Error(
          `${name}: optional package of ${place} without a platform in its name; add it by hand`,
        );
      }
      missing[`node_modules/${name}`] = {
        version: version.replace(/^[\^~]/, ""),
        ...(platform.cpu === undefined ? {} : { cpu: platform.cpu }),
        ...(entry.dev === true ? { dev: true } : {}),
        ...(platform.libc === undefined ? {} : { libc: platform.libc }),
        optional: true,
        ...(platform.os === undefined ? {} : { os: platform.os }),
      };
    }
  }
  return missing;
}

async function main(): Promise<void> {
  const file = "package-lock.json";
  const lock = JSON.parse(await readFile(file, "utf8")) as { packages: Record<string, LockEntry> };
  const missing = missingEntries(lock.packages);
  const packages = { ...lock.packages, ...missing };
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
  for (const place of Object.keys(missing)) process.stdout.write(`added ${place}\n`);
}

if (process.argv[1]?.endsWith("complete-lock.ts")) await main();
