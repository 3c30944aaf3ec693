import type { SystemUi } from "../ui/windows.ts";
import type { SystemUiHost } from "./host.ts";
import { internetDialog } from "./internet-dialog.ts";
import { shadeView, stepBack } from "./shade.ts";

/** The windows of System UI that a window manager lays over the apps. */
export function createSystemUi(host: SystemUiHost): SystemUi {
  return {
    icons: () =>
      host.notifications.list().map(({ package: owner, icon, title }) => ({
        icon,
        // R.string.accessibility_desc_notification_icon.
        desc: `${host.packages.get(owner)?.label ?? owner} notification: ${title}`,
      })),
    counts: () => host.notifications.list().some(({ countsDownTo }) => countsDownTo !== undefined),
    shade: (state, close, room, time) => shadeView({ host, state, close }, room, time),
    internetDialog: (state, close) => internetDialog({ host, state, close }),
    back: (state, close) => stepBack({ host, state, close }),
  };
}
