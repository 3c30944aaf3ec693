/** What the Internet tile opens: mobile data, Wi-Fi and its network (AOSP's internet_connectivity_dialog). */
import {
  airplaneModeOn,
  mobileDataOn,
  ownNetwork,
  setMobileData,
  setWifi,
  wifiOn,
} from "../system/radios.ts";
import { button, column, row, spacer, switchView, text, theme, type View } from "../ui/index.ts";
import { leaveTo, type Shade } from "./host.ts";

export function internetDialog(shade: Shade): View {
  const { settings } = shade.host;
  const wifi = wifiOn(settings);
  const mobile = mobileDataOn(settings);
  const close = (): void => {
    shade.state.internetDialog = false;
  };
  return column(
    [
      text("Internet", {
        id: "internet_dialog_title",
        size: 24,
        align: "center",
        style: { marginVertical: 4 },
      }),
      text(wifi ? "Tap a network to connect" : "Wi‑Fi is off", {
        id: "internet_dialog_subtitle",
        size: 14,
        align: "center",
        color: theme.secondaryText,
      }),
      !airplaneModeOn(settings) &&
        line("mobile_network_layout", [
          labels(
            "T-Mobile",
            mobile ? (wifi ? "" : "Connected / LTE") : "Mobile data won’t auto‑connect",
            "mobile",
          ),
          switchView({
            id: "mobile_toggle",
            desc: "Mobile data",
            checked: mobile,
            onToggle: (on) => setMobileData(settings, on),
          }),
        ]),
      line("turn_on_wifi_layout", [
        text("Wi‑Fi", { id: "wifi_toggle_title", size: 16, style: { grow: 1 } }),
        switchView({
          id: "wifi_toggle",
          desc: "Wi‑Fi",
          checked: wifi,
          onToggle: (on) => setWifi(settings, on),
        }),
      ]),
      wifi && line("wifi_connected_layout", [labels(ownNetwork, "Connected", "wifi_connected")]),
      row([spacer(), button("Done", close, { id: "done_button", look: "text" })], {
        id: "button_layout",
        style: { paddingHorizontal: 16 },
      }),
    ],
    { id: "internet_connectivity_dialog", style: { paddingVertical: 20 } },
  );

  function line(id: string, parts: readonly View[]): View {
    const opens = id === "wifi_connected_layout";
    return row(parts, {
      id,
      ...(opens ? { onTap: () => leaveTo(shade, { action: "android.settings.WIFI_SETTINGS" }) } : {}),
      style: {
        paddingHorizontal: 24,
        minHeight: 64,
        ...(opens ? { background: theme.primaryContainer } : {}),
      },
    });
  }
}

function labels(title: string, summary: string, id: string): View {
  return column(
    [
      text(title, { id: `${id}_title`, size: 14 }),
      summary !== "" && text(summary, { id: `${id}_summary`, size: 14, color: theme.secondaryText }),
    ],
    { style: { grow: 1 } },
  );
}
