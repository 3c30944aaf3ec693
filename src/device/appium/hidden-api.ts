import type { AndroidUiautomator2Driver } from "appium-uiautomator2-driver";

type Adb = AndroidUiautomator2Driver["adb"];

/** The settings by which Android tells who may use interfaces that are not part of its SDK. */
const keys = ["hidden_api_policy_pre_p_apps", "hidden_api_policy_p_apps", "hidden_api_policy"];
/** What a session sets them to, and what one that was cut off leaves behind. */
const allowed = "1";

/**
 * Has the settings end as the session found them. The UiAutomator2 driver sets them for its server, and deletes them
 * with the session (`setDefaultHiddenApiPolicy` of appium-adb), the owner's along with its own.
 */
export async function keepHiddenApiPolicy(adb: Adb): Promise<void> {
  const told = await adb.shell([keys.map((key) => `settings get global ${key}`).join(";")]);
  const found = told.split("\n").map((line) => line.trim());
  if (found.length !== keys.length || found.every((value) => value === allowed)) return;
  const owners = keys
    .map((key, index) => ({ key, value: found[index]! }))
    // Nobody's is `null`; the others are read by a shell.
    .filter(({ value }) => /^\d+$/u.test(value));
  if (owners.length === 0) return;
  const remove = adb.setDefaultHiddenApiPolicy.bind(adb);
  adb.setDefaultHiddenApiPolicy = async (...options) => {
    await remove(...options);
    await adb.shell([owners.map(({ key, value }) => `settings put global ${key} ${value}`).join(";")]);
  };
}
