/** The line above the quick settings: clock, date, carrier and the icons of the status bar. */
import { icon, row, spacer, text, type View } from "../ui/index.ts";
import { bluetoothOn, airplaneModeOn, wifiOn } from "../system/radios.ts";
import { shortDate } from "../apps/dates.ts";
import type { SystemUiHost } from "./host.ts";

const color = "#ffffff";

export function shadeHeader({ clock, settings }: SystemUiHost, time: string): View {
  const icons = [
    bluetoothOn(settings) && icon("bluetooth", { id: "bluetooth", desc: "Bluetooth on.", size: 16, color }),
    airplaneModeOn(settings) && icon("airplane", { id: "airplane", desc: "Airplane mode.", size: 16, color }),
    wifiOn(settings) && icon("wifi", { id: "wifi_signal", desc: "Wifi signal full.", size: 16, color }),
  ];
  return row(
    [
      text(time, { id: "clock", desc: time, size: 16, color }),
      text(shortDate(clock.date()), { id: "date", size: 14, color }),
      spacer(),
      !airplaneModeOn(settings) && text("T-Mobile", { id: "mobile_carrier_text", size: 14, color }),
      row(icons, { id: "statusIcons", style: { gap: 4 } }),
      row([icon("battery", { size: 16, color })], {
        id: "batteryRemainingIcon",
        desc: "Battery charging, 100 percent.",
      }),
    ],
    {
      id: "split_shade_status_bar",
      className: "android.view.ViewGroup",
      style: { height: 60, paddingHorizontal: 24, gap: 12 },
    },
  );
}
