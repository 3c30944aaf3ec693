import { ApkError, readManifest, type ApkManifest } from "../apk/manifest.ts";
import { absolute, fail, ok, type CommandContext, type Output } from "./command.ts";
import { parseOptions } from "./options.ts";
import { sessionsOf, type InstallOptions } from "./pm-sessions.ts";

const options = {
  values: [
    "--user",
    "-i",
    "-S",
    "--install-location",
    "--abi",
    "-p",
    "--pkg",
    "--dexopt-compiler-filter",
    "--originating-uri",
    "--referrer",
  ],
  flags: [
    "-r",
    "-g",
    "-t",
    "-d",
    "-l",
    "-s",
    "-f",
    "-R",
    "--dont-kill",
    "--instant",
    "--full",
    "--force-queryable",
    "--bypass-low-target-sdk-block",
    "--no-streaming",
    "--incremental",
    "--wait",
    "--preserve-grants",
  ],
};

/**
 * `pm install` and the sessions that split APKs are installed by. The phone has no Dalvik: of a package that
 * is installed there is what its manifest says, and nothing runs.
 */
export async function installCommand(
  verb: string,
  args: readonly string[],
  context: CommandContext,
): Promise<Output> {
  const { rest, flags, values } = parseOptions(args, options);
  const sessions = sessionsOf(context.phone);
  switch (verb) {
    case "install-create": {
      const id = sessions.create({ ...installOptions(flags), partOf: values.get("-p") });
      return ok(`Success: created install session [${id}]`);
    }
    case "install-write": {
      const [id = "", name = "", path] = rest;
      const pieces = sessions.get(Number(id));
      if (pieces === undefined) return noSession(id);
      const bytes = readApk(path, values, context);
      if (bytes === undefined) return cannotOpen(path);
      pieces.files.set(name, Buffer.from(bytes));
      return ok(`Success: streamed ${bytes.length} bytes`);
    }
    case "install-commit": {
      const id = rest[0] ?? "";
      const session = sessions.get(Number(id));
      if (session === undefined) return noSession(id);
      sessions.remove(Number(id));
      return install([...session.files.values()], session.options, context);
    }
    case "install-abandon": {
      const id = rest[0] ?? "";
      if (sessions.get(Number(id)) === undefined) return noSession(id);
      sessions.remove(Number(id));
      return ok("Success");
    }
    default: {
      const bytes = readApk(rest[0], values, context);
      if (bytes === undefined) return cannotOpen(rest[0]);
      return install([Buffer.from(bytes)], { ...installOptions(flags), partOf: values.get("-p") }, context);
    }
  }
}

function installOptions(flags: ReadonlySet<string>): Omit<InstallOptions, "partOf"> {
  return { grant: flags.has("-g"), downgrade: flags.has("-d") };
}

/** From standard input where a size is given, and there is no path or `-`; else from a file. */
function readApk(
  path: string | undefined,
  values: ReadonlyMap<string, string>,
  context: CommandContext,
): Uint8Array | undefined {
  const size = values.get("-S");
  if (size !== undefined && (path === undefined || path === "-"))
    return context.stdin.length < Number(size) ? undefined : context.stdin.subarray(0, Number(size));
  if (path === undefined) return undefined;
  const file = absolute(context, path);
  return context.phone.files.exists(file) ? context.phone.files.read(file) : undefined;
}

function noSession(id: string): Output {
  return fail(
    `\nException occurred while executing:\njava.lang.SecurityException: Caller has no access to session ${id}`,
    255,
  );
}

function cannotOpen(path: string | undefined): Output {
  return fail(`Error: Unable to open file: ${path ?? ""}\nError: Can't open file: ${path ?? ""}`, 255);
}

function failure(reason: string): Output {
  return { out: `Failure [${reason}]\n`, code: 1 };
}

/** What the device's system is built as: android.os.Build.VERSION.SDK_INT of an Android 13. */
function sdkOf({ phone }: CommandContext): number {
  return Number(phone.properties.get("ro.build.version.sdk") ?? "33");
}

async function install(
  apks: readonly Buffer[],
  { grant, downgrade, partOf }: InstallOptions,
  context: CommandContext,
): Promise<Output> {
  await context.spend("install");
  const { phone, instrumentation } = context;
  let pieces: { manifest: ApkManifest; bytes: Buffer }[];
  try {
    pieces = apks.map((bytes) => ({ manifest: readManifest(bytes), bytes }));
  } catch (error) {
    if (error instanceof ApkError)
      return failure(`INSTALL_PARSE_FAILED_NOT_APK: Failed to parse base.apk: ${error.message}`);
    throw error;
  }
  const base = pieces.find(({ manifest }) => manifest.split === undefined);
  const { manifest } = base ?? pieces[0] ?? {};
  if (manifest === undefined) return failure("INSTALL_FAILED_INVALID_APK: Missing existing base package");
  const name = manifest.package;
  const before = phone.packages.get(name);
  if (base === undefined && before?.package !== partOf)
    return failure(`INSTALL_FAILED_INVALID_APK: Full install must include a base package`);
  if (pieces.some((piece) => piece.manifest.package !== name))
    return failure(`INSTALL_FAILED_INVALID_APK: ${apks.length} APKs of different packages`);
  if (manifest.minSdk > sdkOf(context))
    return failure(
      `INSTALL_FAILED_OLDER_SDK: Failed parse during installPackageLI: Requires newer sdk version #${manifest.minSdk} (current version is #${sdkOf(context)})`,
    );
  if (before !== undefined && manifest.versionCode < before.versionCode && !downgrade)
    return failure(
      `INSTALL_FAILED_VERSION_DOWNGRADE: Downgrade detected: Update version code ${manifest.versionCode} is older than current ${before.versionCode}`,
    );
  if (phone.packages.app(name) !== undefined || before?.system)
    return failure(
      "INSTALL_FAILED_NO_MATCHING_ABIS: the simulated device cannot run an APK in place of an app it was made with",
    );

  instrumentation.kill(name);
  phone.activities.forceStop(name);
  const folder = `/data/app/${name}-1`;
  const kept = base === undefined ? phone.packages.files(name) : [];
  if (base !== undefined) phone.files.remove(folder);
  const written = pieces.map((piece) => {
    const split = piece.manifest.split;
    const path = `${folder}/${split === undefined ? "base" : `split_${split}`}.apk`;
    phone.files.write(path, piece.bytes, { mode: 0o644 });
    return { path, isBase: split === undefined };
  });
  const files = [...written].sort((a, b) => Number(b.isBase) - Number(a.isBase)).map(({ path }) => path);
  const { versionCode, versionName, permissions, instrumentations } = manifest;
  phone.packages.install(name, {
    versionCode,
    versionName,
    permissions,
    instrumentations,
    files: [...new Set([...kept, ...files])],
  });
  phone.files.mkdir(`/data/data/${name}`);
  if (grant) for (const permission of permissions) phone.packages.grant(name, permission);
  return ok("Success");
}
