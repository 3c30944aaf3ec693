/**
 * Input methods: which are installed, enabled and in use. Android keeps the last two in its secure settings,
 * where `settings put` and a snapshot find them as `ime` does.
 */
import type { Windows } from "../ui/windows.ts";
import { adbKeyboard } from "./adb-keyboard.ts";
import { appiumInputMethods, decodeModifiedUtf7, unicodeIme } from "./appium-settings.ts";
import type { PackageList, SimSettings } from "./services.ts";

export const gboard = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME";

/** The input methods of the packages that are installed now. */
export function installedInputMethods(packages: PackageList): readonly string[] {
  return [gboard, adbKeyboard, ...appiumInputMethods].filter(
    (id) => packages.get(packageOf(id)) !== undefined,
  );
}

export function packageOf(inputMethod: string): string {
  return inputMethod.split("/", 1)[0]!;
}

export function enabledInputMethods(settings: SimSettings): string[] {
  return (settings.get("secure", "enabled_input_methods") ?? "").split(":").filter((id) => id !== "");
}

/** The one in use falls back to the phone's own keyboard where it is not among them. */
export function enableInputMethods(settings: SimSettings, ids: readonly string[]): void {
  settings.put("secure", "enabled_input_methods", ids.join(":"));
  if (!ids.includes(currentInputMethod(settings))) useInputMethod(settings, gboard);
}

/** The one that is in use: where none is set Android takes the phone's own. */
export function currentInputMethod(settings: SimSettings): string {
  return settings.get("secure", "default_input_method") ?? gboard;
}

export function useInputMethod(settings: SimSettings, id: string): void {
  settings.put("secure", "default_input_method", id);
}

/** After a package has gone its input methods are no longer enabled. */
export function forgetInputMethods(settings: SimSettings, packages: PackageList): void {
  const installed = installedInputMethods(packages);
  enableInputMethods(
    settings,
    enabledInputMethods(settings).filter((id) => installed.includes(id)),
  );
}

/**
 * Whether the one in use puts keys on the screen. With a hardware keyboard Android shows none where
 * `show_ime_with_hard_keyboard` is 0; those of automation have no keys.
 */
export function showsKeys(settings: SimSettings): boolean {
  return (
    settings.get("secure", "show_ime_with_hard_keyboard") !== "0" && currentInputMethod(settings) === gboard
  );
}

/**
 * Whether ADBKeyboard takes broadcasts. Its releases up to 2.4 begin to listen as their view is made: not before a field
 * asks for keys, and never beside a hardware keyboard where no others are to be shown (AdbIME.onCreateInputView,
 * InputMethodService.updateInputViewShown).
 */
export function adbKeyboardListens(settings: SimSettings, windows: Windows): boolean {
  const shows = settings.get("secure", "show_ime_with_hard_keyboard") === "1";
  return currentInputMethod(settings) === adbKeyboard && shows && windows.asksForKeys;
}

/** Keys that the shell presses, as the one in use takes them. */
export function typeThroughInputMethod(text: string, settings: SimSettings, windows: Windows): void {
  if (currentInputMethod(settings) === unicodeIme) windows.commitText(decodeModifiedUtf7(text));
  else windows.type(text);
}
