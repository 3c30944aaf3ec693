import type { AppContext } from "../../system/services.ts";
import type { PageId } from "./preference.ts";

export const settingsPackage = "com.android.settings";

/** The extras under which Android's Settings names the page that `.SubSettings` shows. */
export const fragmentExtra = ":settings:show_fragment";
export const argumentExtra = ":settings:show_fragment_args";

export function openPage(context: AppContext, page: PageId, argument = ""): void {
  context.startActivity({
    component: `${settingsPackage}/.SubSettings`,
    extras: { [fragmentExtra]: page, [argumentExtra]: argument },
  });
}
