import type { RecentTask } from "../../system/services.ts";
import {
  button,
  column,
  emptyState,
  iconButton,
  row,
  scroll,
  text,
  theme,
  type View,
} from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { appIcon } from "./icons.ts";

/** The overview: a card for each app that was used, the last one first. */
export const recentsActivity = activity<Record<string, never>>({
  create: () => ({}),
  view(context) {
    const tasks = context.tasks.recent();
    return {
      statusBarColor: theme.surface,
      root: column(
        tasks.length === 0
          ? [emptyState({ icon: "recents", title: "No recent items" })]
          : [
              scroll(
                "overview_panel",
                tasks.map((task) => taskCard(context, task)),
                { horizontal: true, style: { grow: 1 } },
              ),
              button("Clear all", () => clearAll(context, tasks), {
                id: "clear_all",
                look: "text",
                style: { alignSelf: "center", margin: 24 },
              }),
            ],
        { style: { grow: 1, background: theme.surface } },
      ),
    };
  },
});

function taskCard(context: ActivityContext<unknown>, task: RecentTask): View {
  const app = context.packages.get(task.package);
  const show = (): void => {
    // Left first, so that the back key does not lead from the app to here.
    context.finish();
    context.tasks.bringToFront(task.id);
  };
  const dismiss = (): void => context.tasks.remove(task.id);
  return column(
    [
      row([
        text(task.label, { size: 16, bold: true, maxLines: 1, style: { grow: 1 } }),
        iconButton("close", `Dismiss ${task.label}`, dismiss),
      ]),
      column([app && appIcon(app, { onTap: show })], {
        id: "snapshot",
        style: { grow: 1, align: "center", justify: "center" },
      }),
    ],
    {
      id: "task",
      desc: task.label,
      onTap: show,
      onSwipe: (direction) => direction === "up" && dismiss(),
      style: {
        width: 240,
        marginHorizontal: 12,
        marginVertical: 40,
        paddingHorizontal: 16,
        paddingVertical: 8,
        radius: 24,
        elevation: 3,
        background: theme.background,
      },
    },
  );
}

function clearAll(context: ActivityContext<unknown>, tasks: readonly RecentTask[]): void {
  for (const task of tasks) context.tasks.remove(task.id);
  context.finish();
}
