import type { ActivityManager } from "./activities.ts";
import type { NotificationService } from "./notifications.ts";
import type { PackageManager } from "./packages.ts";
import type { TaskControl } from "./services.ts";

/** What the system's own apps may do with the others: the launcher's recents, the App info of Settings. */
export function taskControl(
  activities: ActivityManager,
  packages: PackageManager,
  notifications: NotificationService,
  clearData: (packageName: string) => void,
): TaskControl {
  return {
    recent: () =>
      activities.appTasks().map((task) => {
        const name = task.activities[0]!.package;
        return { id: task.id, package: name, label: packages.get(name)?.label ?? name };
      }),
    bringToFront: (id) => activities.moveToFront(id),
    remove: (id) => activities.removeTask(id),
    inFront: () => activities.top().package,
    running: (name) =>
      activities.tasks().some((task) => task.activities.some((record) => record.package === name)),
    forceStop: (name) => activities.forceStop(name),
    clearData,
    notificationsEnabled: (name) => notifications.enabled(name),
    setNotificationsEnabled: (name, on) => notifications.setEnabled(name, on),
  };
}
