import type { Rule } from "./rule.ts";

/** Only an installed app can be opened. */
export const appInstalled: Rule = {
  name: "app-installed",
  objection({ action, observation }) {
    const { apps } = observation;
    // An empty list means that the apps are not known, not that there are none.
    if (action.type !== "openApp" || apps.length === 0) return undefined;
    if (apps.some((app) => sameName(app, action.app))) return undefined;
    return `there is no app ${JSON.stringify(action.app)}; installed are ${apps.join(", ")}`;
  },
};

function sameName(a: string, b: string): boolean {
  const bare = (name: string) => name.toLowerCase().replaceAll(/[\s_-]+/gu, "");
  return bare(a) === bare(b);
}
