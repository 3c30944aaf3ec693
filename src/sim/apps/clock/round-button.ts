import { iconButton, theme, type IconName, type View } from "../../ui/index.ts";

/** The big button below a timer or the stopwatch. */
export function roundButton(icon: IconName, desc: string, onTap: () => void): View {
  return iconButton(icon, desc, onTap, {
    id: "fab",
    color: theme.onPrimaryContainer,
    size: 32,
    className: "android.widget.ImageButton",
    style: { width: 80, height: 80, radius: 40, background: theme.primaryContainer, elevation: 3 },
  });
}
