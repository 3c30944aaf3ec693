import { airplaneModeOn, mobileDataOn, wifiOn } from "../system/radios.ts";
import { fail, ok, type CommandContext, type Commands, type Output } from "./command.ts";

/** Properties, users, processes: what every Unix-like phone answers. */
export const systemCommands: Commands = {
  getprop,
  setprop,
  id: (args) =>
    args.includes("-u")
      ? ok("0")
      : ok(
          "uid=0(root) gid=0(root) groups=0(root),1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),2000(shell),3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),3011(uhid) context=u:r:su:s0",
        ),
  whoami: () => ok("root"),
  su,
  "run-as": runAs,
  toybox,
  ps,
  pidof,
  uptime,
  df,
  ping,
  uname: (args) =>
    ok(
      args.includes("-a")
        ? "Linux localhost 5.15.41-android13 #1 SMP PREEMPT x86_64 Toybox"
        : args.includes("-m")
          ? "x86_64"
          : args.includes("-r")
            ? "5.15.41-android13"
            : "Linux",
    ),
  nproc: () => ok("4"),
  kill,
  sync: () => ok(),
  mount: () =>
    ok(
      "/dev/block/dm-5 on / type ext4 (ro,seclabel,relatime)\n/dev/block/dm-9 on /data type ext4 (rw,seclabel,nosuid,nodev,noatime)\n/dev/fuse on /storage/emulated type fuse (rw,lazytime,nosuid,nodev,noexec,noatime)",
    ),
  // Labels and owners are not kept; on a root shell setting them succeeds.
  restorecon: existing,
  chcon: (args, context) => existing(args.slice(1), context),
  chown: (args, context) => existing(args.slice(args[0] === "-R" ? 2 : 1), context),
  chgrp: (args, context) => existing(args.slice(args[0] === "-R" ? 2 : 1), context),
  getenforce: () => ok("Permissive"),
  setenforce: () => ok(),
  reboot: () => fail("reboot: the simulated device cannot reboot; load a snapshot instead"),
};

function getprop(args: readonly string[], { phone }: CommandContext): Output {
  const [key, otherwise = ""] = args;
  if (key !== undefined) return ok(phone.properties.get(key) ?? `${otherwise}\n`);
  return ok(
    phone.properties
      .list()
      .map(([name, value]) => `[${name}]: [${value}]\n`)
      .join(""),
  );
}

function setprop(args: readonly string[], { phone }: CommandContext): Output {
  const [key, value] = args;
  if (key === undefined || value === undefined) return fail("usage: setprop NAME VALUE");
  if (phone.properties.set(key, value)) return ok();
  return fail(`Failed to set property '${key}' to '${value}'.\nSee dmesg for error reason.`);
}

/** The shell is root's already, so `su` only runs what it is given. */
async function su(args: readonly string[], context: CommandContext): Promise<Output> {
  const words = args.filter((word) => !["root", "0", "shell", "2000"].includes(word));
  const at = words.indexOf("-c");
  const line = at >= 0 ? words.slice(at + 1).join(" ") : words.join(" ");
  return line === "" ? ok() : context.shell(line);
}

/** `run-as PACKAGE COMMAND...`, in the package's folder. */
async function runAs(args: readonly string[], context: CommandContext): Promise<Output> {
  const [name = "", ...rest] = args;
  if (context.phone.packages.app(name) === undefined) return fail(`run-as: unknown package: ${name}`);
  return context.shell(`cd '/data/data/${name}' && ${quoted(rest)}`);
}

/** `toybox TOOL ARGUMENTS`. */
async function toybox(args: readonly string[], context: CommandContext): Promise<Output> {
  return args.length === 0 ? ok("Toybox 0.8.6-android multicall binary") : context.shell(quoted(args));
}

/** A command line of exactly these words. */
function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}

/** The system's own processes, at the ids they have here. */
const systemProcesses: [pid: number, user: string, name: string][] = [
  [1, "root", "init"],
  [166, "logd", "logd"],
  [356, "root", "zygote64"],
  [431, "shell", "adbd"],
  [549, "system", "system_server"],
  [801, "u0_a170", "com.android.systemui"],
  [1021, "radio", "com.android.phone"],
];

function processes({ phone, instrumentation }: CommandContext): [pid: number, user: string, name: string][] {
  const apps = [...phone.activities.processes(), ...instrumentation.processes()].map(
    ([name, pid]): [number, string, string] => [
      pid,
      `u0_a${(phone.packages.get(name)?.uid ?? 10_000) - 10_000}`,
      name,
    ],
  );
  return [...systemProcesses, ...apps].sort(([a], [b]) => a - b);
}

/** Any signal ends an app; the system's own processes stay, as those that init starts again. */
function kill(args: readonly string[], context: CommandContext): Output {
  const running = new Map(processes(context).map(([pid, , name]) => [pid, name]));
  const wanted = args.filter((word) => /^\d+$/u.test(word)).map(Number);
  for (const pid of wanted) {
    const name = running.get(pid);
    if (name === undefined) return fail(`/system/bin/sh: kill: ${pid}: No such process`);
    context.instrumentation.kill(name);
    if (context.phone.activities.processes().get(name) === pid) context.phone.activities.forceStop(name);
  }
  return ok();
}

function ps(args: readonly string[], context: CommandContext): Output {
  // Toybox's help, of which tools read whether there is -A.
  if (args.includes("--help"))
    return ok(
      "usage: ps [-AadefLlnwZ] [-gG GROUP,] [-k FIELD,] [-o FIELD,] [-p PID,] [-t TTY,] [-uU USER,]\n\nList processes.\n\nWhich processes to show (-gGuUpPt selections may be comma separated lists):\n\n-A\tAll processes\n-a\tProcesses with terminals that aren't session leaders",
    );
  const head = "USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME";
  const all = args.some((word) => /^-?[AefEl]+/u.test(word));
  const rows = processes(context)
    .filter(([, user]) => all || user === "root")
    .map(
      ([pid, user, name]) =>
        `${user.padEnd(12)} ${String(pid).padStart(5)}   356 13000000 120000 0                   0 S ${name}`,
    );
  return ok([head, ...rows].join("\n"));
}

function pidof(args: readonly string[], context: CommandContext): Output {
  const wanted = new Set(args.filter((word) => !word.startsWith("-")));
  const found = processes(context).filter(([, , name]) => wanted.has(name));
  return found.length === 0 ? { code: 1 } : ok(found.map(([pid]) => pid).join(" "));
}

function uptime(_args: readonly string[], { phone }: CommandContext): Output {
  return ok(
    ` ${phone.clock.date().toISOString().slice(11, 19)} up  1:00,  0 users,  load average: 0.10, 0.12, 0.09`,
  );
}

function df(args: readonly string[]): Output {
  const path = args.find((word) => !word.startsWith("-"));
  const rows = [
    "/dev/block/dm-5   1000000  950000     50000  95% /",
    "/dev/block/dm-9   6082140 1507200   4558556  25% /data",
    "/dev/fuse         6082140 1507200   4558556  25% /storage/emulated",
  ];
  const shown =
    path === undefined
      ? rows
      : rows.filter((row) => row.endsWith(/^\/(sdcard|storage)/u.test(path) ? "/storage/emulated" : "/data"));
  return ok(["Filesystem       1K-blocks    Used Available Use% Mounted on", ...shown].join("\n"));
}

function ping(args: readonly string[], { phone }: CommandContext): Output {
  const host = args.findLast((word) => !word.startsWith("-") && !/^\d+$/u.test(word)) ?? "";
  const online = wifiOn(phone.settings) || mobileDataOn(phone.settings);
  if (host === "") return fail("ping: missing host", 2);
  if (!online || airplaneModeOn(phone.settings)) return fail(`ping: unknown host ${host}`, 2);
  return ok(
    `PING ${host} (${host}) 56(84) bytes of data.\n64 bytes from ${host}: icmp_seq=1 ttl=255 time=1.20 ms\n\n--- ${host} ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss, time 0ms`,
  );
}

/** Succeeds where every file is there. */
function existing(args: readonly string[], { phone, cwd }: CommandContext): Output {
  const missing = args
    .filter((word) => !word.startsWith("-"))
    .find((word) => !phone.files.exists(word.startsWith("/") ? word : `${cwd}/${word}`));
  return missing === undefined ? ok() : fail(`'${missing}': No such file or directory`);
}
