import type { SimApp } from "../app.ts";
import { homeActivity } from "./home.ts";
import { recentsActivity } from "./recents.ts";

export const launcher: SimApp = {
  package: "com.google.android.apps.nexuslauncher",
  label: "Pixel Launcher",
  icon: { icon: "home", background: "#1a73e8" },
  versionName: "13",
  versionCode: 33,
  system: true,
  activities: { ".NexusLauncherActivity": homeActivity, ".RecentsActivity": recentsActivity },
  intentFilters: [{ activity: ".NexusLauncherActivity", action: "android.intent.category.HOME" }],
  /** The home screen is the same for everybody, so there is nothing to store. */
  install: () => undefined,
};
