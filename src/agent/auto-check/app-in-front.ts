import { sameState } from "../../screen/index.ts";
import type { AfterRule } from "./rule.ts";

/**
 * An app that was opened is in front. Something of another app may come before it, such as a question for a
 * permission; the home screen, and what was there before, may not.
 */
export const appInFront: AfterRule = {
  name: "app-in-front",
  fault({ action, before, after, packages }) {
    if (action.type !== "openApp" || after.package === "") return undefined;
    const expected = packageOf(action.app, packages);
    if (after.package === expected || (expected === undefined && resembles(after.package, action.app))) {
      return undefined;
    }
    const stayed = expected === undefined ? sameState(before, after) : after.package === before.package;
    if (!stayed && !/launcher/iu.test(after.package)) return undefined;
    return `${action.app} is not in front: the screen is that of ${after.package}`;
  },
};

function packageOf(name: string, packages: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(packages).find(([app]) => plain(app) === plain(name))?.[1];
}

/** Whether a package is named after the app: `com.android.deskclock` and Clock. */
function resembles(packageName: string, app: string): boolean {
  const words = app.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return words.some((word) => packageName.toLowerCase().includes(word));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}
