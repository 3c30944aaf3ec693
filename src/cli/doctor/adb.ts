import path from "node:path";
import {
  type AdbAddress,
  type AdbDeviceRow,
  isLoopback,
  listAdbDevices,
  readAdbServerVersion,
} from "../../device/index.ts";
import { AndroidGenError, errorMessage } from "../../errors.ts";
import { type DoctorCheck, firstLine } from "./check.ts";
import { ask, distinct, type Machine, onPath, shellWord } from "./programs.ts";
import { findSdk, sdkTool } from "./sdk.ts";

interface AdbProgram {
  file: string;
  /** Such as `1.0.41, 35.0.2`: the protocol's version, then the package's. */
  version: string;
  /** The last number of the protocol's version; undefined where the program does not tell it. */
  protocol: number | undefined;
}

interface Adbs {
  /** Those that are started: by `adb` the first one of the path, by Appium that of the SDK. They may be the same. */
  used: readonly AdbProgram[];
  /** The same, and those that stand behind them on the path. */
  all: readonly AdbProgram[];
  /** The folder of the SDK's, where it has one. */
  sdkFolder: string | undefined;
  /** How adb is called in a command that can be pasted. */
  command: string;
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
  const [adbs, server] = await Promise.all([findAdbs(machine), askServer(adb)]);
  const answer = "error" in server ? undefined : server;
  return [
    programCheck(adbs, needsProgram, await sdkTool(machine, "sdkmanager")),
    versionCheck(adbs, adb, answer?.protocol, needsProgram),
    ...("error" in server
      ? [silentServer(server.error, adb, adbs.command)]
      : [serverCheck(adb, server.protocol), devicesCheck(server.rows, adb, adbs.command)]),
  ];
}

async function findAdbs(machine: Machine): Promise<Adbs> {
  const sdk = await findSdk(machine);
  const ofSdk = sdk === undefined ? [] : [path.join(sdk.folder, "platform-tools", "adb")];
  const onItsPath = await onPath(machine, "adb");
  const used = await distinct([...onItsPath.slice(0, 1), ...ofSdk]);
  const files = await distinct([...used, ...onItsPath]);
  const all = await Promise.all(files.map((file) => adbProgram(machine, file)));
  const works = all.find(({ protocol }) => protocol !== undefined);
  return {
    used: all.slice(0, used.length),
    all,
    sdkFolder: (await distinct(ofSdk)).map((file) => path.dirname(file))[0],
    command: works === undefined || works.file === onItsPath[0] ? "adb" : shellWord(works.file),
  };
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
function programCheck({ all }: Adbs, needed: boolean, sdkmanager: string): DoctorCheck {
  const name = "adb";
  const found = all.map(({ file, version }) => `${file} (${version})`).join(", ");
  if (all.some(({ protocol }) => protocol !== undefined)) return { name, status: "ok", found };
  return {
    name,
    status: needed ? "missing" : "hint",
    found: found || "no adb on the path or in an SDK",
    mend: `${sdkmanager} 'platform-tools', or on Debian: sudo apt-get install adb; androidgen sim works without it`,
  };
}

/**
 * An adb that meets a server of another protocol version kills it and starts its own, and every device is gone
 * for a while (AOSP, packages/modules/adb, client/adb_client.cpp: "doesn't match this client; killing...").
 */
function versionCheck(
  { used, sdkFolder, command }: Adbs,
  adb: AdbAddress,
  server: number | undefined,
  usesProgram: boolean,
): DoctorCheck {
  const name = "one adb version";
  const programs = used.flatMap(({ file, protocol }) =>
    protocol === undefined ? [] : ([[file, protocol]] as const),
  );
  // A server on another machine is never killed from here.
  const servers =
    server === undefined || !isLoopback(adb.host)
      ? []
      : ([[`the server ${adb.host}:${adb.port}`, server]] as const);
  const versions = [...programs, ...servers];
  const found = versions.map(([what, protocol]) => `${what}: 1.0.${protocol}`).join(", ");
  if (new Set(versions.map(([, protocol]) => protocol)).size <= 1) {
    return { name, status: "ok", found: found || "nothing to compare" };
  }
  const sdksFirst = sdkFolder !== undefined && used.length > 1;
  const adbCommand = sdksFirst ? "adb" : command;
  const steps = [
    ...(sdksFirst ? [`export PATH=${shellWord(sdkFolder)}:"$PATH"`] : []),
    ...(servers.length > 0
      ? [`${adbCommand} -P ${adb.port} kill-server`, `${adbCommand} -P ${adb.port} start-server`]
      : []),
  ];
  return {
    name,
    status: usesProgram ? "missing" : "hint",
    found: `${found}; each kills the server of another version, and its devices are lost meanwhile`,
    mend: `while no run goes on: ${steps.join(" && ")}`,
  };
}

type ServerAnswer = { protocol: number; rows: AdbDeviceRow[] } | { error: unknown };

async function askServer(adb: AdbAddress): Promise<ServerAnswer> {
  try {
    const [protocol, rows] = await Promise.all([readAdbServerVersion(adb), listAdbDevices(adb)]);
    return { protocol, rows };
  } catch (error) {
    return { error };
  }
}

function serverCheck({ host, port }: AdbAddress, protocol: number): DoctorCheck {
  return { name: "adb server", status: "ok", found: `${host}:${port}, version 1.0.${protocol}` };
}

function silentServer(error: unknown, adb: AdbAddress, command: string): DoctorCheck {
  const { host, port } = adb;
  const start = isLoopback(host)
    ? `${command} -P ${port} start-server`
    : `on ${host}: adb -a -P ${port} nodaemon server`;
  if (AndroidGenError.isInstance(error) && error.code === "ADB_UNREACHABLE") {
    const mend = `${start}, or: androidgen sim, and name its --adb-port`;
    return { name: "adb server", status: "missing", found: `none listens at ${host}:${port}`, mend };
  }
  return {
    name: "adb server",
    status: "missing",
    found: `${host}:${port} does not answer as an adb server does (${errorMessage(error)})`,
    mend: `end what listens at port ${port} (lsof -i :${port} names it), then: ${start}`,
  };
}

function devicesCheck(rows: readonly AdbDeviceRow[], { port }: AdbAddress, command: string): DoctorCheck {
  const name = "devices";
  const ready = rows.filter(({ state }) => state === "device");
  const other = rows.filter(({ state }) => state !== "device");
  const found = [...ready.map((d) => d.serial), ...other.map((d) => `${d.serial} (${d.state})`)].join(", ");
  if (ready.length > 0) return { name, status: "ok", found };
  const states = new Set(other.map(({ state }) => state));
  const mend = states.has("unauthorized")
    ? "allow this computer on the device's screen"
    : states.has("no permissions")
      ? "let its user use USB devices (on Linux by udev rules), then plug the device in anew"
      : states.has("offline")
        ? `${command} -P ${port} reconnect offline; where that does not help, start the device anew`
        : "start an emulator (emulators/README.md), or: androidgen sim, and name its --adb-port";
  return { name, status: "missing", found: found || "none", mend };
}
