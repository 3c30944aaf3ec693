import type { Rule } from "./rule.ts";

/**
 * Only an installed app can be opened. People have several names for an app: where a name has a word of an installed
 * app's, or is a package's, it is for the device to say which app is meant.
 */
export const appInstalled: Rule = {
  name: "app-installed",
  objection({ action, observation }) {
    const { apps } = observation;
    // An empty list means that the apps are not known, not that there are none.
    if (action.type !== "openApp" || apps.length === 0) return undefined;
    if (isPackage(action.app) || apps.some((app) => mayMean(action.app, app))) return undefined;
    return `there is no app ${JSON.stringify(action.app)}; installed are ${apps.join(", ")}`;
  },
};

function isPackage(name: string): boolean {
  return /^\w+(?:\.\w+)+$/u.test(name.trim());
}

function mayMean(name: string, app: string): boolean {
  const [wanted, known] = [words(name), words(app)];
  return (
    wanted.join("") === known.join("") ||
    wanted.some((word) => word !== "app" && word !== "the" && known.includes(word))
  );
}

function words(name: string): string[] {
  return name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
