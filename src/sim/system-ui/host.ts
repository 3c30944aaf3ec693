/** What System UI's windows need of the phone. */
import type { NotificationService } from "../system/notifications.ts";
import type { ShadeState } from "../ui/state.ts";
import type { Intent, PackageList, SimClock, SimSettings } from "../system/services.ts";

export interface SystemUiHost {
  readonly clock: SimClock;
  readonly settings: SimSettings;
  readonly packages: PackageList;
  readonly notifications: NotificationService;
  /** As the system starts an activity: in a task of its own. */
  startActivity(intent: Intent): void;
  broadcast(intent: Intent): void;
}

/** What the views of the shade do with it. */
export interface Shade {
  readonly host: SystemUiHost;
  readonly state: ShadeState;
  close: () => void;
}

/** Opens a page of another app; the shade gives way to it. */
export function leaveTo({ host, close }: Shade, intent: Intent): void {
  close();
  host.startActivity(intent);
}
