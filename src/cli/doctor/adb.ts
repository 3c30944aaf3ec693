import path from "node:path";
import { type AdbAddress, listAdbDevices, readAdbServerVersion } from "../../device/index.ts";
import { errorMessage } from "../../errors.ts";
import { type DoctorCheck, firstLine } from "./check.ts";
import { ask, distinct, type Machine, onPath } from "./programs.ts";
import { findSdk } from "./sdk.ts";

interface AdbProgram {
  file: string;
  /** Such as `1.0.41, 35.0.2`: the protocol's version, then the package's. */
  version: string;
  /** The last number of the protocol's version; undefined where the program does not tell it. */
  protocol: number | undefined;
}

/**
 * The adb programs, the server and its devices. The server is asked over its socket: any `adb` command would
 * start one where there is none, and kill one of another version.
 */
export async function checkAdb(
  machine: Machine,
  adb: AdbAddress,
  { needsProgram }: { needsProgram: boolean },
): Promise<DoctorCheck[]> {
  const programs = await adbPrograms(machine);
  const server = await checkServer(adb);
  return [
    programCheck(programs, needsProgram),
    versionCheck(programs, adb, server.protocol, needsProgram),
    ...server.checks,
  ];
}

async function adbPrograms(machine: Machine): Promise<AdbProgram[]> {
  const sdk = await findSdk(machine);
  const ofSdk = sdk === undefined ? [] : [path.join(sdk.folder, "platform-tools", "adb")];
  const files = await distinct([...(await onPath(machine, "adb")), ...ofSdk]);
  return Promise.all(files.map((file) => adbProgram(machine, file)));
}

async function adbProgram(machine: Machine, file: string): Promise<AdbProgram> {
  try {
    const said = await ask(machine, file, ["version"]);
    const protocol = /^Android Debug Bridge version (\d+\.\d+\.(\d+))/mu.exec(said);
    const release = /^Version (\S+)/mu.exec(said)?.[1];
    if (protocol === null) return { file, version: firstLine(said), protocol: undefined };
    const version = [protocol[1], release].filter((part) => part !== undefined).join(", ");
    return { file, version, protocol: Number(protocol[2]) };
  } catch (error) {
    return { file, version: `broken: ${firstLine(errorMessage(error))}`, protocol: undefined };
  }
}

/** Only Appium needs the program: for the rest any adb server will do, also one on another machine. */
function programCheck(programs: readonly AdbProgram[], needed: boolean): DoctorCheck {
  const name = "adb";
  const found = programs.map(({ file, version }) => `${file} (${version})`).join(", ");
  if (programs.some(({ protocol }) => protocol !== undefined)) return { name, status: "ok", found };
  return {
    name,
    status: needed ? "missing" : "hint",
    found: found || "no adb on the path or in an SDK",
    mend: "sdkmanager 'platform-tools', or on Debian: apt-get install adb; androidgen sim works without it",
  };
}

/**
 * An adb that meets a server of another protocol version kills it and starts its own, and every device is gone
 * for a while (AOSP, packages/modules/adb, client/adb_client.cpp: "doesn't match this client; killing...").
 */
function versionCheck(
  programs: readonly AdbProgram[],
  { host, port }: AdbAddress,
  server: number | undefined,
  usesProgram: boolean,
): DoctorCheck {
  const name = "one adb version";
  const known = programs.filter(({ protocol }) => protocol !== undefined);
  const versions = new Map(known.map(({ file, protocol }) => [file, protocol]));
  // A server on another machine is never killed from here.
  const local = host === "localhost" || host === "::1" || host.startsWith("127.");
  if (local && server !== undefined) versions.set(`the server ${host}:${port}`, server);
  const distinctVersions = new Set(versions.values());
  const found = [...versions].map(([what, protocol]) => `${what}: 1.0.${protocol}`).join(", ");
  if (distinctVersions.size <= 1) return { name, status: "ok", found: found || "nothing to compare" };
  const folder = path.dirname(known[0]!.file);
  return {
    name,
    status: usesProgram ? "missing" : "hint",
    found: `${found}; each kills the server of another version, and its devices are lost meanwhile`,
    mend: `use one adb everywhere: export PATH=${folder}:$PATH, and adb -P ${port} kill-server while no run goes on`,
  };
}

async function checkServer(
  adb: AdbAddress,
): Promise<{ checks: DoctorCheck[]; protocol: number | undefined }> {
  const where = `${adb.host}:${adb.port}`;
  try {
    const [protocol, rows] = await Promise.all([readAdbServerVersion(adb), listAdbDevices(adb)]);
    const ready = rows.filter(({ state }) => state === "device");
    const other = rows.filter(({ state }) => state !== "device");
    const found = [...ready.map((d) => d.serial), ...other.map((d) => `${d.serial} (${d.state})`)].join(", ");
    return {
      protocol,
      checks: [
        { name: "adb server", status: "ok", found: `${where}, version 1.0.${protocol}` },
        {
          name: "devices",
          status: ready.length > 0 ? "ok" : "missing",
          found: found || "none",
          ...(ready.length > 0
            ? {}
            : {
                mend: "start an emulator (emulators/README.md), or: androidgen sim, and name its --adb-port",
              }),
        },
      ],
    };
  } catch (error) {
    return {
      protocol: undefined,
      checks: [
        {
          name: "adb server",
          status: "missing",
          found: `${where}: ${errorMessage(error)}`,
          mend: `adb -P ${adb.port} start-server, or: androidgen sim, and name its --adb-port`,
        },
      ],
    };
  }
}
