import type { FileStore } from "./files.ts";

const sharedFolders = [
  "Alarms",
  "Android/data",
  "Android/media",
  "Audiobooks",
  "DCIM",
  "Documents",
  "Download",
  "Movies",
  "Music",
  "Notifications",
  "Pictures",
  "Podcasts",
  "Recordings",
  "Ringtones",
];

const systemFolders = [
  "/acct",
  "/apex",
  "/cache",
  "/data/adb",
  "/data/app",
  "/data/data",
  "/data/local/tmp",
  "/data/media/0",
  "/data/misc",
  "/data/system/users/0",
  "/data/user",
  "/data/user_de/0",
  "/dev",
  "/mnt",
  "/proc/net",
  "/product",
  "/storage/self",
  "/sys",
  "/system/app",
  "/system/bin",
  "/system/etc",
  "/system/framework",
  "/system/priv-app",
  "/vendor",
];

/** Links that make one folder of the names Android has for it. */
const links: [path: string, target: string][] = [
  ["/bin", "/system/bin"],
  ["/etc", "/system/etc"],
  ["/data/user/0", "/data/data"],
  ["/storage/self/primary", "/storage/emulated/0"],
  ["/sdcard", "/storage/self/primary"],
];

/** As the kernel lists them (net/unix/af_unix.c, unix_seq_show): those of init's services that an app can reach. */
const unixSockets = [
  "Num       RefCount Protocol Flags    Type St Inode Path",
  "0000000000000000: 00000002 00000000 00010000 0001 01  9117 /dev/socket/zygote",
  "0000000000000000: 00000002 00000000 00010000 0001 01  9120 /dev/socket/adbd",
  "",
].join("\n");

/** Lays out the folders of a freshly set up phone. */
export function makeTree(files: FileStore, properties: readonly [string, string][]): void {
  for (const folder of systemFolders) files.mkdir(folder);
  for (const folder of sharedFolders) files.mkdir(`/storage/emulated/0/${folder}`);
  for (const [path, target] of links) files.symlink(target, path);
  files.chmod("/data/local/tmp", 0o771);
  const lines = properties.filter(([key]) => key.startsWith("ro.")).map(([key, value]) => `${key}=${value}`);
  files.write("/system/build.prop", `${lines.join("\n")}\n`, { mode: 0o600 });
  // By this file Appium looks for web views, which have sockets of their own; no app here has one.
  files.write("/proc/net/unix", unixSockets, { mode: 0o444 });
  files.write("/system/framework/framework-res.apk", "", { mode: 0o644 });
}
