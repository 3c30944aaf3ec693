/**
 * What the parts of the simulated device know of each other. The real things are made in
 * `src/sim/device.ts`; apps and shell commands get only these.
 */
import type { Random } from "../../random.ts";
import type { IconName } from "../ui/view.ts";
import type { AppNotifications } from "./notifications.ts";

/** Plain data: everything a snapshot keeps is of this kind. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The device's clock. Stepped: it moves only when the device works. Real: it also follows the host. */
export interface SimClock {
  /** Milliseconds since the epoch, on the device. */
  now(): number;
  set(epochMs: number): void;
  /** Time that device work took. */
  advance(ms: number): void;
  /** Local date and time in the device's time zone, which is UTC. */
  date(): Date;
}

export interface SimFileStat {
  kind: "file" | "directory" | "symlink";
  mode: number;
  size: number;
  /** Milliseconds since the epoch. */
  mtime: number;
}

/**
 * The device's files, in memory. Paths are absolute; `/sdcard` and `/storage/emulated/0` are one
 * folder, as are `/data/data/P` and `/data/user/0/P`. File contents are never changed in place, so a
 * snapshot is a copy of the index. Failures throw `SimFileError` with an errno name in `code`.
 */
export interface SimFiles {
  exists(path: string): boolean;
  stat(path: string): SimFileStat;
  read(path: string): Uint8Array;
  readText(path: string): string;
  /** Makes missing parent folders. */
  write(path: string, content: Uint8Array | string, options?: { mode?: number; mtime?: number }): void;
  list(path: string): string[];
  mkdir(path: string): void;
  /** Files and whole folders; nothing happens where there is none. */
  remove(path: string): void;
  move(from: string, to: string): void;
}

export type SqlValue = string | number | bigint | null | Uint8Array;

/** A SQLite file on the device. The file is the truth: pulling it gets every committed row. */
export interface SimDatabase {
  all(sql: string, params?: readonly SqlValue[]): Record<string, SqlValue>[];
  run(sql: string, params?: readonly SqlValue[]): { changes: number; lastInsertRowid: number };
  /** Several statements, without parameters. */
  exec(sql: string): void;
}

export type SettingsNamespace = "system" | "secure" | "global";

/** The settings provider. Values are strings, as on Android. */
export interface SimSettings {
  get(namespace: SettingsNamespace, key: string): string | undefined;
  put(namespace: SettingsNamespace, key: string, value: string): void;
  delete(namespace: SettingsNamespace, key: string): boolean;
  list(namespace: SettingsNamespace): [key: string, value: string][];
}

export interface Intent {
  action?: string;
  /** `content:`, `file:`, `tel:`, `sms:`, `mailto:` … */
  data?: string;
  type?: string;
  categories?: string[];
  package?: string;
  /** Full component: `package/.Activity`. */
  component?: string;
  extras?: Record<string, Json>;
  flags?: number;
}

export interface ContentQuery {
  projection?: readonly string[];
  /** SQL condition, as `content query --where` passes it. */
  where?: string;
  args?: readonly string[];
  /** SQL order. */
  sort?: string;
}

/** One authority's content. Paths are what follows the authority, without the leading slash. */
export interface ContentProvider {
  authority: string;
  query(path: string, query: ContentQuery): Record<string, SqlValue>[];
  /** Returns the path of the new row, such as `sms/12`. */
  insert(path: string, values: Record<string, SqlValue>): string;
  update(path: string, values: Record<string, SqlValue>, where?: string, args?: readonly string[]): number;
  delete(path: string, where?: string, args?: readonly string[]): number;
}

/** Reaches any provider by whole URI: `content://sms/sent`. */
export interface ContentResolver {
  query(uri: string, query?: ContentQuery): Record<string, SqlValue>[];
  insert(uri: string, values: Record<string, SqlValue>): string;
  update(uri: string, values: Record<string, SqlValue>, where?: string, args?: readonly string[]): number;
  delete(uri: string, where?: string, args?: readonly string[]): number;
}

export interface PackageEntry {
  package: string;
  label: string;
  versionName: string;
  versionCode: number;
  system: boolean;
  /** `package/.Activity` behind the launcher icon; absent for a package without one. */
  launcher?: string;
  icon?: AppIcon;
}

export interface AppIcon {
  icon: IconName;
  /** CSS hex. */
  background: string;
}

export interface PackageList {
  list(): PackageEntry[];
  get(name: string): PackageEntry | undefined;
}

/** An app that was used, with its screens kept as they were left. */
export interface RecentTask {
  id: number;
  package: string;
  label: string;
}

/** What Android lets only the launcher and Settings do to other apps. */
export interface TaskControl {
  /** The last used first, without the launcher. */
  recent(): RecentTask[];
  bringToFront(id: number): void;
  /** Closes the screens of a task, as a swipe in the recents does. */
  remove(id: number): void;
  /** The package whose screen is in front. */
  inFront(): string;
  /** Whether the package has a screen open anywhere. */
  running(packageName: string): boolean;
  /** `am force-stop`. */
  forceStop(packageName: string): void;
  /** `pm clear`. */
  clearData(packageName: string): void;
  /** Whether the user lets a package post notifications. */
  notificationsEnabled(packageName: string): boolean;
  setNotificationsEnabled(packageName: string, on: boolean): void;
}

/** What every app and every content provider may use. */
export interface AppContext {
  /** The app's own package. */
  readonly package: string;
  readonly files: SimFiles;
  readonly settings: SimSettings;
  readonly clock: SimClock;
  readonly random: Random;
  readonly content: ContentResolver;
  readonly packages: PackageList;
  readonly tasks: TaskControl;
  readonly notifications: AppNotifications;
  /** Opens, and makes where missing, the SQLite file at an absolute path. */
  database(path: string): SimDatabase;
  /** Shared clipboard. */
  readonly clipboard: { get(): string; set(text: string): void };
  /** False where no app takes it. */
  startActivity(intent: Intent): boolean;
  sendBroadcast(intent: Intent): void;
  /** A line in logcat. */
  log(tag: string, message: string): void;
}
