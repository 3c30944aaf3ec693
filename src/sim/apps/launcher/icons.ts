import type { PackageEntry } from "../../system/services.ts";
import { column, icon, text, type View } from "../../ui/index.ts";

/** An app's icon, with its name below where `label` gives it a colour: one view, as Launcher3's BubbleTextView. */
export function appIcon(
  app: PackageEntry,
  options: { label?: string; onTap: () => void; onLongPress?: () => void },
): View {
  const { icon: name, background } = app.icon ?? { icon: "apps", background: "#5f6368" };
  return column(
    [
      column([icon(name, { size: 28, color: "#ffffff" })], {
        style: {
          width: 56,
          height: 56,
          radius: 28,
          background,
          align: "center",
          justify: "center",
          elevation: 2,
        },
      }),
      options.label !== undefined &&
        text(app.label, { size: 12, maxLines: 1, align: "center", color: options.label }),
    ],
    {
      id: "icon",
      desc: app.label,
      paintedText: app.label,
      className: "android.widget.TextView",
      onTap: options.onTap,
      ...(options.onLongPress === undefined ? {} : { onLongPress: options.onLongPress }),
      style: { align: "center", gap: 6, paddingVertical: 8 },
    },
  );
}
