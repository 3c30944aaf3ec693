import { ok, type CommandContext, type Output } from "./command.ts";

/**
 * `monkey -p PACKAGE [-c CATEGORY] COUNT`, which people use to start an app by its launcher icon.
 * Its first event starts the app; the random ones after it are not simulated.
 */
export async function monkey(args: readonly string[], context: CommandContext): Promise<Output> {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (["-p", "-c", "-s", "--throttle"].includes(word) || word.startsWith("--pct-"))
      values.set(word, args[++at] ?? "");
    else if (!word.startsWith("-")) rest.push(word);
  }
  const { phone } = context;
  const name = values.get("-p");
  const category = values.get("-c") ?? "android.intent.category.LAUNCHER";
  const head = `  bash arg: ${args.join("\n  bash arg: ")}\n`;
  const count = Number(rest[0]);
  if (rest.length === 0 || !Number.isInteger(count))
    return { err: `${head}** Error: Invalid count: ${rest[0] ?? ""}\n`, code: 255 };
  await context.spend("startActivity");
  const intent = {
    action: "android.intent.action.MAIN",
    categories: [category],
    ...(name === undefined ? {} : { package: name }),
  };
  const target = phone.resolve(intent)[0];
  if (target === undefined) {
    const noApps = "** No activities found to run, monkey aborted.\n";
    return { out: head, err: noApps, code: 252 };
  }
  // At its end it freezes the rotation and thaws it, which frees one that was locked (AOSP MonkeyRotationEvent).
  phone.settings.put("system", "accelerometer_rotation", "1");
  phone.activities.start({ ...intent, component: `${target.app.package}/${target.name}` });
  return ok(
    `${head}Events injected: ${count}\n## Network stats: elapsed time=${phone.clock.now() % 1000}ms (0ms mobile, 0ms wifi, 0ms not connected)`,
  );
}
