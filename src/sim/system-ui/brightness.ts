/** The brightness slider of the quick settings, whose places are even to the eye (AOSP's BrightnessUtils). */
import { slider, column, type View } from "../ui/index.ts";
import type { SystemUiHost } from "./host.ts";

const greatest = 65_535;
const [darkest, brightest] = [1, 255];
/** The curve: a root below 1, a logarithm above, up to 12. */
const [r, a, b, c] = [0.5, 0.178_832_77, 0.284_668_92, 0.559_910_73];

/** From a place of the slider to the setting. */
export function toSetting(place: number): number {
  const x = place / greatest;
  const level = x <= r ? (x / r) ** 2 : Math.exp((x - c) / a) + b;
  return Math.round(darkest + (Math.min(level, 12) / 12) * (brightest - darkest));
}

/** From the setting to a place of the slider. */
export function toPlace(setting: number): number {
  const level = (12 * (Math.min(Math.max(setting, darkest), brightest) - darkest)) / (brightest - darkest);
  return Math.round(greatest * (level <= 1 ? Math.sqrt(level) * r : a * Math.log(level - b) + c));
}

export function brightnessSlider({ settings }: SystemUiHost): View {
  const setting = Number(settings.get("system", "screen_brightness") ?? "102");
  return column(
    [
      slider({
        id: "slider",
        desc: "Display brightness",
        min: 0,
        max: greatest,
        value: toPlace(Number.isFinite(setting) ? setting : 102),
        onChange: (place) => settings.put("system", "screen_brightness", String(toSetting(place))),
        style: { height: 48 },
      }),
    ],
    { id: "brightness_slider", className: "android.widget.FrameLayout" },
  );
}
