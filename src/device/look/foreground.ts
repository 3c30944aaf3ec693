/** What the window manager says is in front. */
export interface Foreground {
  /** Empty where nothing has the focus, as while an app starts. */
  package: string;
  /** Class of the activity as the manifest shortens it (`.Settings`), empty for other windows. */
  activity: string;
  /** A dialog of the system over the app, such as `Application Not Responding: com.example`. */
  systemDialog: string;
  keyboardShown: boolean;
  /** The focused window forbids pictures of itself (FLAG_SECURE). */
  secure: boolean;
}

/** Prints the lines that `parseForeground` reads; a whole `dumpsys window` can be 300 KB. */
export const foregroundCommand =
  "dumpsys window | grep -E 'mCurrentFocus=|mFocusedApp=|Window #[0-9]+ Window|^ +fl=| fl='; dumpsys input_method | grep mInputShown=";

const secureFlag = 0x2000;

export function parseForeground(text: string): Foreground {
  // There is one focus per display, and it is null on all displays but one.
  const focus = lastMatch(text, /mCurrentFocus=Window\{(\S+) \S+ ([^}]+)\}/gu);
  const app = lastMatch(text, /mFocusedApp=.*?ActivityRecord\{\S+ \S+ (\S+)/gu);
  const title = focus?.[2] ?? "";
  const component = title.includes("/") ? title : "";
  // Pop-ups and system dialogs have no component of their own: what is under them is the app.
  const shown = component === "" && !isSystemUi(title) ? (app?.[1] ?? "") : component;
  const [packageName = "", activity = ""] = shown.split("/");
  return {
    package: isSystemUi(title) ? "com.android.systemui" : focus === undefined ? "" : packageName,
    activity: focus === undefined ? "" : shortActivity(packageName, activity),
    systemDialog: /^Application (?:Not Responding|Error): /u.test(title) ? title : "",
    keyboardShown: /mInputShown=true/u.test(text),
    secure: focus !== undefined && isSecure(text, focus[1]!),
  };
}

function isSystemUi(title: string): boolean {
  return /^(?:NotificationShade|StatusBar|Keyguard|VolumeDialog|GlobalActions)/u.test(title);
}

function shortActivity(packageName: string, activity: string): string {
  return packageName !== "" && activity.startsWith(`${packageName}.`)
    ? activity.slice(packageName.length)
    : activity;
}

/** The flags of a window follow its heading; they are names since Android 9 and a number before. */
function isSecure(text: string, windowId: string): boolean {
  const heading = text.indexOf(`Window{${windowId} `);
  const lines = heading < 0 ? [] : text.slice(heading).split("\n").slice(1);
  for (const line of lines) {
    if (/Window #\d+ /u.test(line)) return false;
    const flags = /\bfl=([^\n]*)/u.exec(line)?.[1];
    if (flags === undefined) continue;
    const hex = /^#([\da-f]+)/iu.exec(flags)?.[1];
    return hex === undefined ? /\bSECURE\b/u.test(flags) : (Number.parseInt(hex, 16) & secureFlag) !== 0;
  }
  return false;
}

function lastMatch(text: string, pattern: RegExp): RegExpExecArray | undefined {
  return [...text.matchAll(pattern)].at(-1);
}
