import type { NotificationRequest, PostedNotification } from "../system/notifications.ts";
import type { CommandContext } from "./command.ts";
import { hashOf } from "./dumpsys-window.ts";
import { formatIntent } from "./intent-arguments.ts";

/** Notification.FLAG_ONGOING_EVENT and FLAG_AUTO_CANCEL. */
const [ongoingFlag, autoCancelFlag] = [0x2, 0x10];

export interface ShownNotification {
  channel: string;
  flags: number;
  actions: number;
}

export function shownOf({ channel, ongoing, autoCancel, actions }: NotificationRequest): ShownNotification {
  const flags = (ongoing ? ongoingFlag : 0) | (autoCancel ? autoCancelFlag : 0);
  return { channel, flags, actions: actions?.length ?? 0 };
}

/** As Notification.toString of Android 13. */
export function notificationText({ channel, flags, actions }: ShownNotification): string {
  const many = actions > 0 ? ` actions=${actions}` : "";
  return `Notification(channel=${channel} shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x${flags.toString(16)} color=0x00000000${many} vis=PRIVATE)`;
}

/** `dumpsys notification [--noredact]`: without it, texts are told by their length alone. */
export function dumpNotifications({ phone }: CommandContext, args: readonly string[]): string {
  const redact = !args.includes("--noredact");
  const records = phone.notifications.list().flatMap((posted) => {
    const uid = phone.packages.get(posted.package)?.uid ?? 0;
    return recordLines(posted, uid, redact);
  });
  const zen = phone.settings.get("global", "zen_mode") ?? "0";
  return [
    "Current Notification Manager state:",
    "  Notification List:",
    ...records,
    "  ",
    "  mArchive=Archive (0 notifications)",
    "",
    "  Zen Mode:",
    `    mInterruptionFilter=${zen === "0" ? 1 : 2}`,
    `    mZenMode=${["ZEN_MODE_OFF", "ZEN_MODE_IMPORTANT_INTERRUPTIONS", "ZEN_MODE_NO_INTERRUPTIONS", "ZEN_MODE_ALARMS"][Number(zen)] ?? "ZEN_MODE_OFF"}`,
  ].join("\n");
}

function recordLines(posted: PostedNotification, uid: number, redact: boolean): string[] {
  const { key, id, tag, package: owner, importance, intent, when } = posted;
  const shown = shownOf(posted);
  const text = (value: string): string => `String ${redact ? `[length=${value.length}]` : `(${value})`}`;
  const pending =
    intent === undefined
      ? "null"
      : `PendingIntent{${hashOf(id)}: PendingIntentRecord{${hashOf(id + 1)} ${owner} startActivity ${formatIntent(intent)}}}`;
  return [
    `    NotificationRecord(0x0${hashOf(id + uid)}: pkg=${owner} user=UserHandle{0} id=${id} tag=${tag ?? null} importance=${importance} key=${key}: ${notificationText(shown)})`,
    `      uid=${uid} userId=0`,
    `      opPkg=${owner}`,
    `      flags=0x${shown.flags.toString(16)}`,
    "      pri=0",
    `      key=${key}`,
    "      seen=true",
    `      groupKey=${key}`,
    "      notification=",
    "            fullscreenIntent=null",
    `            contentIntent=${pending}`,
    "            deleteIntent=null",
    "            number=0",
    "            groupAlertBehavior=0",
    `            when=${when}`,
    "            tickerText=null",
    "            contentView=null",
    "            extras={",
    `                android.title=${text(posted.title)}`,
    `                android.text=${text(posted.text)}`,
    `                android.showChronometer=Boolean (${posted.countsDownTo !== undefined})`,
    "            }",
    `      mImportance=${{ 2: "LOW", 3: "DEFAULT", 4: "HIGH" }[importance]}`,
  ];
}
