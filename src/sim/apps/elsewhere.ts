import type { Intent } from "../system/services.ts";
import type { ActivityContext } from "./app.ts";

/** Hands something to another app, and says so where there is none for it. */
export function openElsewhere<S>(context: ActivityContext<S>, intent: Intent): void {
  if (!context.startActivity(intent)) context.toast("No apps can perform this action.");
}
