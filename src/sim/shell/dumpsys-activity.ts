import { className, shortComponent } from "../system/intents.ts";
import type { Task } from "../system/activities.ts";
import { adbKeyboard, adbKeyboardActions } from "../system/adb-keyboard.ts";
import { settingsPackage } from "../system/appium-settings.ts";
import { adbKeyboardListens, packageOf } from "../system/input-methods.ts";
import type { CommandContext } from "./command.ts";
import { formatRecord, formatTop, hashOf } from "./dumpsys-window.ts";

/** `dumpsys activity [activities|recents|top|services|processes|broadcasts]`. */
export function dumpActivities(context: CommandContext, args: readonly string[]): string {
  switch (args[0] ?? "") {
    case "activities":
    case "a":
      return activities(context);
    case "recents":
    case "r":
      return recents(context);
    case "top":
      return top(context);
    case "services":
    case "s":
      return services(context, args[1]);
    case "processes":
    case "p":
      return processes(context);
    case "broadcasts":
    case "b":
      return broadcasts(context, args[1]);
    default:
      return [recents(context), activities(context), processes(context)].join("\n\n");
  }
}

function formatTask(task: Task, { phone }: CommandContext, visible: boolean): string {
  const owner = task.activities[0]!.package;
  const uid = phone.packages.get(owner)?.uid ?? 0;
  return `Task{${hashOf(task.id)} #${task.id} type=standard A=${uid}:${owner} U=0 visible=${visible} visibleRequested=${visible} mode=fullscreen translucent=${!visible} sz=${task.activities.length}}`;
}

function activities(context: CommandContext): string {
  const { phone } = context;
  const tasks = phone.activities
    .tasks()
    .flatMap((task, index) => [
      `  * ${formatTask(task, context, index === 0)}`,
      ...[...task.activities]
        .reverse()
        .map(
          (record, at) => `    * Hist  #${task.activities.length - 1 - at}: ${formatRecord(record, task.id)}`,
        ),
    ]);
  return [
    "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)",
    "Display #0 (activities from top to bottom):",
    ...tasks,
    "",
    `  topResumedActivity=${formatTop(phone)}`,
    `  mResumedActivity: ${formatTop(phone)}`,
    `  ResumedActivity: ${formatTop(phone)}`,
    `  mFocusedApp=${formatTop(phone)}`,
  ].join("\n");
}

function recents(context: CommandContext): string {
  const { phone } = context;
  const rows = phone.activities.tasks().flatMap((task, index) => {
    const root = task.activities[0]!;
    const last = task.activities.at(-1)!;
    return [
      `  * Recent #${index}: ${formatTask(task, context, index === 0)}`,
      `    userId=0 effectiveUid=u0a${(phone.packages.get(root.package)?.uid ?? 10_000) - 10_000}`,
      `    affinity=${root.package}`,
      `    intent={act=android.intent.action.MAIN cmp=${shortComponent(root.package, root.activity)}}`,
      `    mActivityComponent=${shortComponent(root.package, root.activity)}`,
      `    realActivity={${root.package}/${className(root.package, root.activity)}}`,
      `    Activities=[${formatRecord(last, task.id)}]`,
      `    taskId=${task.id} rootTaskId=${task.id}`,
    ];
  });
  return ["ACTIVITY MANAGER RECENT TASKS (dumpsys activity recents)", "  Recent tasks:", ...rows].join("\n");
}

function top({ phone }: CommandContext): string {
  const record = phone.activities.top();
  const pid = phone.activities.processes().get(record.package) ?? 0;
  const task = phone.activities.tasks()[0]!;
  return [
    `TASK ${record.package} id=${task.id} userId=0`,
    `  ACTIVITY ${shortComponent(record.package, record.activity)} ${hashOf(record.id)} pid=${pid}`,
    "    Local FragmentActivity State:",
    "      mCreated=true mResumed=true mStopped=false",
  ].join("\n");
}

function processes({ phone }: CommandContext): string {
  const rows = [...phone.activities.processes()].map(
    ([name, pid]) =>
      `  *APP* UID ${phone.packages.get(name)?.uid ?? 0} ProcessRecord{${hashOf(pid)} ${pid}:${name}/u0a${(phone.packages.get(name)?.uid ?? 10_000) - 10_000}}`,
  );
  return ["ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)", ...rows].join("\n");
}

/** Of the services that apps keep in the foreground, there is only Appium's. */
function services({ phone }: CommandContext, wanted: string | undefined): string {
  const head = "ACTIVITY MANAGER SERVICES (dumpsys activity services)";
  const pid = phone.activities.processes().get(settingsPackage);
  if (pid === undefined || (wanted !== undefined && !settingsPackage.includes(wanted)))
    return `${head}\n  (nothing)`;
  const name = `${settingsPackage}/.ForegroundService`;
  return [
    head,
    "  User 0 active services:",
    `  * ServiceRecord{${hashOf(pid)} u0 ${name}}`,
    `    intent={cmp=${name}}`,
    `    packageName=${settingsPackage}`,
    `    processName=${settingsPackage}`,
    "    isForeground=true foregroundId=1 foregroundNoti=Notification(channel=main_channel)",
    "    startRequested=true delayedStop=false stopIfKilled=false callStart=true lastStartId=1",
  ].join("\n");
}

/** Receivers that were registered while their app runs; ADBKeyboard has the only one here. */
function broadcasts({ phone }: CommandContext, wanted: string | undefined): string {
  const name = packageOf(adbKeyboard);
  const listens = adbKeyboardListens(phone.settings, phone.windows);
  const uid = phone.packages.get(name)?.uid ?? 0;
  const receiver = `${hashOf(uid)} 4711 ${name}/${uid}/u0 remote:${hashOf(uid + 1)}`;
  return [
    "ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)",
    ...(listens && (wanted ?? name) === name
      ? [
          "  Registered Receivers:",
          `  * ReceiverList{${receiver}}`,
          `    app=4711:${name}/${uid} pid=4711 uid=${uid} user=0`,
          `    Filter #0: BroadcastFilter{${hashOf(uid + 2)} ${uid}/u0 ReceiverList{${receiver}}}`,
          ...adbKeyboardActions.map((action) => `      Action: "${action}"`),
        ]
      : []),
  ].join("\n");
}
