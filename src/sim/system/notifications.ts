import type { IconName } from "../ui/view.ts";
import type { PackageManager } from "./packages.ts";
import type { Intent, SimClock } from "./services.ts";

/** NotificationManager.IMPORTANCE_LOW, _DEFAULT and _HIGH. Low ones make no sound and stand below the others. */
export type Importance = 2 | 3 | 4;

/** A button below a notification; its broadcast goes to the app that posted it. */
export interface NotificationAction {
  title: string;
  intent: Intent;
}

/** What an app posts (android.app.Notification). An id and tag of the same app replace each other. */
export interface NotificationRequest {
  id: number;
  tag?: string;
  channel: string;
  importance: Importance;
  icon: IconName;
  title: string;
  text: string;
  /** FLAG_ONGOING_EVENT: the user cannot clear it. */
  ongoing?: boolean;
  /** FLAG_AUTO_CANCEL: gone once it was tapped. */
  autoCancel?: boolean;
  /** The activity that a tap opens; without one it takes no tap. */
  intent?: Intent;
  /** Counts down to this moment, in milliseconds since the epoch, in place of the time of its posting. */
  countsDownTo?: number;
  actions?: readonly NotificationAction[];
}

export interface PostedNotification extends NotificationRequest {
  /** As StatusBarNotification makes it: `0|package|id|tag|uid`. */
  key: string;
  package: string;
  /** Of the post that first had this title and text, in milliseconds since the epoch. */
  when: number;
}

/** What an app may do with its own. */
export interface AppNotifications {
  /** Nothing happens where the user has turned the app's notifications off. */
  post(request: NotificationRequest): void;
  cancel(id: number, tag?: string): void;
  posted(): readonly PostedNotification[];
}

export interface NotificationService {
  post(packageName: string, request: NotificationRequest): void;
  cancel(key: string): void;
  cancelAll(packageName: string): void;
  /** The user's swipe, or "Clear all": ongoing ones stay. */
  clear(key: string): void;
  /** As the shade ranks them: the important first, the newest of those first. */
  list(): readonly PostedNotification[];
  enabled(packageName: string): boolean;
  /** Turned off, an app loses those it has posted. */
  setEnabled(packageName: string, on: boolean): void;
  of(packageName: string): AppNotifications;
  save(): readonly PostedNotification[];
  restore(state: readonly PostedNotification[]): void;
}

/** How `appops set PACKAGE POST_NOTIFICATION` keeps it, which is where Android's own switch writes. */
const operation = "appops:POST_NOTIFICATION=";

export function isClearable({ ongoing }: NotificationRequest): boolean {
  return ongoing !== true;
}

export function createNotifications(
  clock: SimClock,
  packages: PackageManager,
  changed: () => void,
): NotificationService {
  let posted: readonly PostedNotification[] = [];

  function replace(next: readonly PostedNotification[]): void {
    if (next.length === posted.length && next.every((each, at) => each === posted[at])) return;
    posted = next;
    changed();
  }

  function keyOf(packageName: string, { id, tag }: Pick<NotificationRequest, "id" | "tag">): string {
    return `0|${packageName}|${id}|${tag ?? null}|${packages.get(packageName)?.uid ?? 0}`;
  }

  function modes(packageName: string): string[] {
    return packages.granted(packageName).filter((each) => each.startsWith(operation));
  }

  const service: NotificationService = {
    post(packageName, request) {
      if (packages.get(packageName) === undefined || !service.enabled(packageName)) return;
      const key = keyOf(packageName, request);
      const old = posted.find((each) => each.key === key);
      const same = old?.title === request.title && old.text === request.text;
      const record = { ...request, key, package: packageName, when: same ? old.when : clock.now() };
      if (JSON.stringify(old) === JSON.stringify(record)) return;
      replace([...posted.filter((each) => each.key !== key), record]);
    },
    cancel(key) {
      replace(posted.filter((each) => each.key !== key));
    },
    cancelAll(packageName) {
      replace(posted.filter((each) => each.package !== packageName));
    },
    clear(key) {
      replace(posted.filter((each) => each.key !== key || !isClearable(each)));
    },
    list: () => posted.toReversed().sort((a, b) => b.importance - a.importance || b.when - a.when),
    enabled: (packageName) =>
      !modes(packageName).some((each) => ["ignore", "deny"].includes(each.slice(operation.length))),
    setEnabled(packageName, on) {
      for (const mode of modes(packageName)) packages.revoke(packageName, mode);
      if (on) return;
      packages.grant(packageName, `${operation}ignore`);
      service.cancelAll(packageName);
    },
    of: (packageName) => ({
      post: (request) => service.post(packageName, request),
      cancel: (id, tag) => service.cancel(keyOf(packageName, { id, ...(tag === undefined ? {} : { tag }) })),
      posted: () => posted.filter((each) => each.package === packageName),
    }),
    save: () => posted,
    restore(state) {
      posted = state;
    },
  };
  return service;
}
