/** What the window manager says is in front. */
export interface Foreground {
  /** Empty where nothing has the focus, as while an app starts. Of the system's own dialogs it is `android`. */
  package: string;
  /** Class of the activity as the manifest shortens it (`.Settings`), empty for other windows. */
  activity: string;
  /** A dialog of the system over the app, such as `Application Not Responding: com.example`. */
  systemDialog: string;
  keyboardShown: boolean;
  /** The focused window forbids pictures of itself (FLAG_SECURE). */
  secure: boolean;
}

/**
 * The first section, the last ANR, keeps for two hours what was in front when an app did not respond, in the words of
 * the live ones; the policy's comes right after it (AOSP WindowManagerService.doDump).
 */
const firstLiveSection = "WINDOW MANAGER POLICY STATE";

/** Prints the lines that `parseForeground` reads; a whole `dumpsys window` can be 300 KB. */
export const foregroundCommand = `dumpsys window | grep -E '${firstLiveSection}|mCurrentFocus=|mFocusedApp=|Window #[0-9]+ Window| package=|^ +fl=| fl='; dumpsys input_method | grep mInputShown=`;

const secureFlag = 0x2000;
export const systemUi = "com.android.systemui";

/**
 * A title is whatever the window's maker wrote: a component for activities, but also `PopupWindow:af31`,
 * `Panel:com.a/com.a.Main` or a sentence (Dialog.setTitle), with a slash in it or not.
 */
const componentTitle = /^[\w.]+\/[\w.$]+$/u;

export function parseForeground(printed: string): Foreground {
  const text = printed.slice(Math.max(0, printed.lastIndexOf(firstLiveSection)));
  // There is one focus per display, and it is null on all displays but one.
  const focus = [...text.matchAll(/mCurrentFocus=Window\{(\S+) \S+ (.*)$/gmu)].at(-1);
  const keyboardShown = /mInputShown=true/u.test(text);
  if (focus === undefined) {
    return { package: "", activity: "", systemDialog: "", keyboardShown, secure: false };
  }
  // WindowState.toString says of a window that is on its way out: `Window{… u0 title EXITING}`.
  const title = focus[2]!.trimEnd().replace(/(?: EXITING)?\}$/u, "");
  const lines = linesOf(text, focus[1]!);
  const owner = /(?<=\spackage=)\S+/u.exec(lines.join("\n"))?.[0] ?? "";
  // The display tells of its app right after its focus. Android 13 and 14 write `ActivityRecord{… u0 a/.B} t12}`.
  const app = /mFocusedApp=.*?ActivityRecord\{\S+ \S+ ([^\s}]+)/u.exec(text.slice(focus.index))?.[1] ?? "";
  return {
    ...inFront(title, owner, app),
    systemDialog: isSystemDialog(title) ? title : "",
    keyboardShown,
    secure: isSecure(lines),
  };
}

/** Pop-ups and dialogs have no component of their own: what is under them is the app, if it is theirs. */
function inFront(title: string, owner: string, app: string): Pick<Foreground, "package" | "activity"> {
  if (isSystemDialog(title)) return { package: owner || "android", activity: "" };
  if (componentTitle.test(title)) return component(title);
  if (isSystemUi(title) || owner === systemUi) return { package: systemUi, activity: "" };
  const under = component(app);
  return owner === "" || owner === under.package ? under : { package: owner, activity: "" };
}

/** AppNotRespondingDialog and AppErrorDialog. */
function isSystemDialog(title: string): boolean {
  return /^Application (?:Not Responding|Error): /u.test(title);
}

function isSystemUi(title: string): boolean {
  return /^(?:NotificationShade|StatusBar|Keyguard|VolumeDialog|GlobalActions)/u.test(title);
}

/** `com.a/com.a.Main` and `com.a/.Main` are the same. */
function component(name: string): Pick<Foreground, "package" | "activity"> {
  const [packageName = "", activity = ""] = name.split("/");
  const isShort = packageName !== "" && activity.startsWith(`${packageName}.`);
  return { package: packageName, activity: isShort ? activity.slice(packageName.length) : activity };
}

/** What the list of windows says of one of them, after its heading. */
function linesOf(text: string, windowId: string): string[] {
  const lines = text.split("\n");
  const heading = lines.findIndex(
    (line) => /Window #\d+ /u.test(line) && line.includes(`Window{${windowId} `),
  );
  if (heading < 0) return [];
  const rest = lines.slice(heading + 1);
  const next = rest.findIndex((line) => /Window #\d+ /u.test(line));
  return next < 0 ? rest : rest.slice(0, next);
}

/** The flags of a window are names since Android 9 and a number before. */
function isSecure(lines: readonly string[]): boolean {
  const flags = /\bfl=(.*)/u.exec(lines.find((line) => /\bfl=/u.test(line)) ?? "")?.[1] ?? "";
  const hex = /^#([\da-f]+)/iu.exec(flags)?.[1];
  return hex === undefined ? /\bSECURE\b/u.test(flags) : (Number.parseInt(hex, 16) & secureFlag) !== 0;
}
