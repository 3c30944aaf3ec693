import { appBar, column, scroll, text } from "../../ui/index.ts";
import { activity, type SimApp } from "../app.ts";
import { backInBrowser, browser } from "./browser.ts";
import { nameOf, storageRoot } from "./entries.ts";
import { filesActivity, filesPackage, pickerName, viewerName } from "./names.ts";
import { seedFiles } from "./seed.ts";
import type { FilesState } from "./state.ts";

const byName = { by: "name", descending: false } as const;

const browse = activity<FilesState>({
  create: () => ({
    root: "downloads",
    folder: `${storageRoot}/Download`,
    selected: [],
    sorting: byName,
    drawer: false,
  }),
  view: browser,
  back: backInBrowser,
  resume(context, result) {
    context.state.selected = context.state.selected.filter((path) => context.files.exists(path));
    if (typeof result !== "string") return;
    context.state.selected = [];
    context.toast(result);
  },
});

/** Asks for the folder that files are copied or moved to, and does it. */
const pick = activity<FilesState>({
  create(_context, intent) {
    const sources = intent.extras?.["sources"];
    return {
      root: "storage",
      folder: storageRoot,
      selected: [],
      sorting: byName,
      drawer: false,
      transfer: {
        moving: intent.extras?.["moving"] === true,
        sources: Array.isArray(sources) ? sources.map(String) : [],
      },
    };
  },
  view: browser,
  back: backInBrowser,
});

const viewer = activity<{ path: string }>({
  create: (_context, intent) => ({ path: intent.data?.replace(/^file:\/\//u, "") ?? "" }),
  view(context) {
    const { path } = context.state;
    const content = context.files.exists(path) ? context.files.readText(path) : "The file is gone.";
    return {
      root: column(
        [
          appBar({ title: nameOf(path), onUp: () => context.finish() }),
          scroll("viewer", [text(content, { id: "content", style: { padding: 16 } })], {
            style: { grow: 1 },
          }),
        ],
        { style: { grow: 1 } },
      ),
    };
  },
});

export const files: SimApp = {
  package: filesPackage,
  label: "Files",
  icon: { icon: "folder", background: "#1a73e8" },
  versionName: "13",
  versionCode: 33,
  system: true,
  launcherActivity: filesActivity,
  activities: { [filesActivity]: browse, [pickerName]: pick, [viewerName]: viewer },
  intentFilters: [{ activity: filesActivity, action: "android.provider.action.BROWSE" }],
  install(context, { seed }) {
    if (seed) seedFiles(context);
  },
};
