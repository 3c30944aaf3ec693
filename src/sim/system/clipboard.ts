import type { Log } from "./log.ts";

export interface Clipboard {
  get(): string;
  set(text: string): void;
}

/**
 * The clipboard as an app has it: since Android 10 only the app in front and the input method in use
 * may read it (ClipboardService.clipboardAccessAllowed).
 */
export function clipboardFor(
  packageName: string,
  clipboard: Clipboard,
  isAllowed: () => boolean,
  log: Log,
): Clipboard {
  const why = "application is not in focus nor is it a system service for user 0";
  return {
    get() {
      if (isAllowed()) return clipboard.get();
      log.add("E", "ClipboardService", `Denying clipboard access to ${packageName}, ${why}`);
      return "";
    },
    set: (text) => clipboard.set(text),
  };
}
