import type { WindowContent } from "../ui/view.ts";
import type { AppContext, AppIcon, ContentProvider, Intent, Json } from "../system/services.ts";

/** What an activity's handlers get. `state` is plain data; change it in place. */
export interface ActivityContext<S> extends AppContext {
  state: S;
  readonly intent: Intent;
  /** Closes this activity; `result` reaches the `resume` of the one below. */
  finish(result?: Json): void;
  /** A short message at the bottom, gone after two seconds of device time. */
  toast(text: string): void;
  hideKeyboard(): void;
  /** Gives a text field the focus and shows the keyboard. */
  focus(fieldId: string): void;
  /** Scrolls a scroll view back to its start. */
  scrollToStart(scrollId: string): void;
}

/**
 * One screen of an app. `view` is a pure function of the state and of what is stored on the device; it
 * is called again after every handler, broadcast and tick. The state survives snapshots, so it holds
 * plain data only.
 */
export interface Activity<S> {
  create(context: AppContext, intent: Intent): S;
  view(context: ActivityContext<S>): WindowContent;
  /** Back key: returns true where it did something other than closing the activity. */
  back?(context: ActivityContext<S>): boolean;
  /** A broadcast while it is in front, as a receiver gets it that is registered while its activity is shown. */
  receive?(context: ActivityContext<S>, intent: Intent): void;
  /** Shown again after an activity above it was closed, or brought to the front by a new intent. */
  resume?(context: ActivityContext<S>, result: Json | undefined, intent: Intent | undefined): void;
}

export interface IntentFilter {
  /** Name of the activity that takes it, such as `.ComposeActivity`. */
  activity: string;
  action: string;
  /** URI schemes or, with a slash, MIME types (`text/plain`, `image/*`); any data where empty. */
  data?: string[];
}

/** What a receiver answers, as `am broadcast` prints it: `result=-1, data="…"`. */
export interface BroadcastResult {
  code: number;
  data?: string;
}

/** An app of the simulated device: data and handlers, in one file. */
export interface SimApp {
  package: string;
  label: string;
  icon: AppIcon;
  versionName: string;
  versionCode: number;
  /** Came with the device: `pm list packages -s`. */
  system: boolean;
  /** Behind the launcher icon; absent for providers. */
  launcherActivity?: string;
  /** By name as the manifest has it: `.Settings`, or a full class name. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each activity has a state of its own
  activities: Record<string, Activity<any>>;
  intentFilters?: IntentFilter[];
  /**
   * Writes the storage of a freshly installed app. Called when the device is made and after
   * `pm clear`; `seed` is true only for the former, where sample data may be added.
   */
  install(context: AppContext, options: { seed: boolean }): void;
  providers?(context: AppContext): ContentProvider[];
  /** Every broadcast reaches every app; an app ignores what is not its own. */
  receive?(context: AppContext, intent: Intent): BroadcastResult | void;
  /**
   * Called whenever the device's clock has moved, for alarms and timers that go off. Returns true
   * where something changed that a screen may show.
   */
  tick?(context: AppContext, now: number): boolean;
}

/** Keeps the type of an activity's state between its handlers. */
export function activity<S>(definition: Activity<S>): Activity<S> {
  return definition;
}
