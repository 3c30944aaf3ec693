import { settingsActivity, settingsPackage } from "../system/appium-settings.ts";
import { splitComponent, className } from "../system/intents.ts";
import type { Intent } from "../system/services.ts";
import { fail, ok, thrown, type CommandContext, type Output } from "./command.ts";
import { instrument } from "./am-instrument.ts";
import { formatIntent, IntentError, parseIntent } from "./intent-arguments.ts";

const usage =
  "Activity manager (activity) commands:\n  start, force-stop, kill, broadcast, stack list, get-current-user";

const flagNewTask = 0x10000000;

/** `am`, and `cmd activity`. */
export async function am(args: readonly string[], context: CommandContext): Promise<Output> {
  const [verb, ...rest] = args;
  try {
    switch (verb) {
      case undefined:
      case "help":
        return ok(usage);
      case "start":
      case "start-activity":
        return await start(rest, context);
      case "broadcast":
        return broadcast(rest, context);
      case "startservice":
      case "start-service":
      case "startforegroundservice":
      case "start-foreground-service":
      case "stopservice":
        return service(verb, rest);
      case "force-stop":
      case "kill":
      case "stop-app":
        return stop(verb, rest, context);
      case "kill-all":
        return ok();
      case "stack":
      case "task":
        return rest[0] === "list" || rest[0] === undefined ? ok(stackList(context)) : ok();
      case "get-current-user":
        return ok("0");
      case "instrument":
        return await instrument(rest, context);
      case "get-config":
        return ok("config: mcc310-mnc260-en-rUS-ldltr-sw411dp-w411dp-h914dp-normal-long-notround-420dpi-v33");
      case "idle-maintenance":
      case "wait-for-broadcast-idle":
        return ok("All broadcast queues are idle!");
      case "switch-user":
      case "set-debug-app":
      case "clear-debug-app":
      case "set-inactive":
        return ok();
      default:
        return fail(`Unknown command: ${verb}`, 255);
    }
  } catch (error) {
    if (error instanceof IntentError) return fail(`\n${error.message}\n\n${usage}`, 255);
    throw error;
  }
}

async function start(args: readonly string[], context: CommandContext): Promise<Output> {
  const { phone } = context;
  const { intent, flags } = parseIntent(args, ["-W", "-S", "-D", "-N", "--dismiss-keyguard", "--streaming"]);
  const startedAt = phone.clock.now();
  await context.spend("startActivity");
  const target = targetPackage(intent);
  let stopping = "";
  if (flags.has("-S")) {
    const stopped = packageToStop(intent, context);
    if ("error" in stopped) return fail(stopped.error, 1);
    stopping = `Stopping: ${stopped.name}\n`;
    phone.activities.forceStop(stopped.name);
  }
  if (startsSettingsApp(intent, context)) return { out: `${stopping}Starting: ${formatIntent(intent)}\n` };
  const running = target !== undefined && phone.activities.processes().has(target);
  const result = phone.activities.start(intent);
  const head = `${stopping}Starting: ${formatIntent(intent)}\n`;
  if (result.outcome === "notFound") return { out: head, err: notFound(intent), code: 1 };
  const warning =
    result.outcome === "taskToFront"
      ? "Warning: Activity not started, its current task has been brought to the front\n"
      : result.outcome === "delivered"
        ? "Warning: Activity not started, intent has been delivered to currently running top-most instance.\n"
        : "";
  if (!flags.has("-W")) return { out: head, err: warning };
  const took = phone.clock.now() - startedAt;
  const launch = result.outcome === "started" ? (running ? "WARM" : "COLD") : "UNKNOWN (0)";
  const status = [
    "Status: ok",
    `LaunchState: ${launch}`,
    `Activity: ${result.component ?? ""}`,
    `TotalTime: ${result.outcome === "started" ? took : 0}`,
    `WaitTime: ${took}`,
    "Complete\n",
  ];
  return { out: `${head}${warning}${status.join("\n")}` };
}

/** Its activity starts the service that stays in the foreground, and closes at once. */
function startsSettingsApp({ component }: Intent, { phone }: CommandContext): boolean {
  if (component !== settingsActivity || phone.packages.get(settingsPackage) === undefined) return false;
  phone.activities.startProcess(settingsPackage);
  return true;
}

/** Of `-S`: the component's package, or that of the one activity that takes the intent. */
function packageToStop(intent: Intent, { phone }: CommandContext): { name: string } | { error: string } {
  const named = intent.component === undefined ? undefined : splitComponent(intent.component)?.package;
  if (named !== undefined) return { name: named };
  const [first, second] = phone.resolve(intent);
  if (first === undefined)
    return { error: `Error: Intent does not match any activities: ${formatIntent(intent)}` };
  if (second !== undefined)
    return { error: `Error: Intent matches multiple activities; can't stop: ${formatIntent(intent)}` };
  return { name: first.app.package };
}

function targetPackage(intent: Intent): string | undefined {
  return intent.component === undefined ? intent.package : splitComponent(intent.component)?.package;
}

function notFound(intent: Intent): string {
  const parts = intent.component === undefined ? undefined : splitComponent(intent.component);
  if (parts === undefined) {
    const started = { ...intent, flags: (intent.flags ?? 0) | flagNewTask };
    return `Error: Activity not started, unable to resolve ${formatIntent(started)}\n`;
  }
  const name = `${parts.package}/${className(parts.package, parts.activity)}`;
  return `Error type 3\nError: Activity class {${name}} does not exist.\n`;
}

function broadcast(args: readonly string[], { phone }: CommandContext): Output {
  const { intent } = parseIntent(args, ["--ordered", "--async"]);
  const sent = { ...intent, flags: (intent.flags ?? 0) | 0x00400000 };
  const result = phone.broadcast(intent);
  const data = result.data === undefined ? "" : `, data="${result.data}"`;
  return ok(`Broadcasting: ${formatIntent(sent)}\nBroadcast completed: result=${result.code}${data}`);
}

function service(verb: string, args: readonly string[]): Output {
  const { intent } = parseIntent(args, []);
  const doing = verb.startsWith("stop") ? "Stopping" : "Starting";
  const head = `${doing} service: ${formatIntent(intent)}\n`;
  return {
    out: head,
    err:
      doing === "Stopping"
        ? "Service not stopped: was not running.\n"
        : "Error: Not found; no service started.\n",
    code: doing === "Stopping" ? 0 : 255,
  };
}

function stop(verb: string, args: readonly string[], { phone, instrumentation }: CommandContext): Output {
  const name = args.find((word, index) => word !== "--user" && args[index - 1] !== "--user");
  if (name === undefined)
    return thrown(verb, 'java.lang.IllegalArgumentException: Argument expected after "' + verb + '"');
  // `kill` ends only background processes, which hold nothing here that is not saved.
  if (verb !== "kill") {
    instrumentation.kill(name);
    phone.activities.forceStop(name);
  }
  return ok();
}

function stackList({ phone }: CommandContext): string {
  const bounds = `[0,0][${phone.windows.width},${phone.windows.height}]`;
  return phone.activities
    .tasks()
    .map((task, index) => {
      const root = task.activities[0]!;
      const top = task.activities.at(-1)!;
      const rootName = `${root.package}/${className(root.package, root.activity)}`;
      const topName = `${top.package}/${className(top.package, top.activity)}`;
      return (
        `RootTask id=${task.id} bounds=${bounds} displayId=0 userId=0\n` +
        ` configuration={1.0 310mcc260mnc [en_US] ldltr sw411dp w411dp h914dp 420dpi nrml long port finger -keyb/v/h -nav/h}\n` +
        `  taskId=${task.id}: ${rootName} bounds=${bounds} userId=0 visible=${index === 0} topActivity=ComponentInfo{${topName}}\n`
      );
    })
    .join("\n");
}
