/** The system's question about an app that does not respond (AOSP's AppNotRespondingDialog). */
import { button, column, text } from "./widgets.ts";
import type { SystemWindow } from "./stage.ts";
import type { ScreenState } from "./state.ts";
import type { View, WindowContent } from "./view.ts";
import type { ForegroundActivity, WindowHost } from "./windows.ts";

export function notRespondingDialog(
  host: WindowHost,
  state: ScreenState,
  activity: ForegroundActivity,
): { shown: NonNullable<WindowContent["overlay"]>; system: SystemWindow } {
  const answer = (id: string, label: string, onTap: () => void): View =>
    button(label, onTap, { id: `android:id/${id}`, look: "text", style: { height: 56 } });
  const close = (): void => {
    delete state.notResponding;
    host.stop(activity.package);
  };
  const wait = (): void => {
    delete state.notResponding;
  };
  const view = column(
    [
      text(`${activity.label ?? activity.package} isn't responding`, {
        id: "android:id/alertTitle",
        size: 20,
        style: { paddingHorizontal: 24, marginVertical: 12 },
      }),
      answer("aerr_close", "Close app", close),
      answer("aerr_wait", "Wait", wait),
    ],
    { style: { paddingVertical: 12, align: "stretch" } },
  );
  // Neither Back nor a touch beside it sends it away.
  return {
    shown: { look: "dialog", view },
    system: {
      layer: "system",
      package: "android",
      title: `Application Not Responding: ${activity.package}`,
    },
  };
}
