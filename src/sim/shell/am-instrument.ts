import { runner, serverPackage, serverTestPackage } from "../uia2/names.ts";
import type { CommandContext, Output } from "./command.ts";
import { hungUp } from "./exit-codes.ts";

const serverTest = "io.appium.uiautomator2.server.test.AppiumUiAutomator2Server";

/**
 * `am instrument -w COMPONENT`, with AOSP's words (`cmds/am`, Instrument.java) and AndroidJUnitRunner's. The
 * one instrumentation with something behind it is the UiAutomator2 server: it stays until it is stopped.
 */
export async function instrument(args: readonly string[], context: CommandContext): Promise<Output> {
  const { phone, instrumentation, signal } = context;
  const raw = args.includes("-r");
  const name = args.findLast((word) => word.includes("/")) ?? "";
  const found = phone.packages.instrumentations().find((each) => each.component === name);
  if (found === undefined)
    return failed(name, `Unable to find instrumentation info for: ComponentInfo{${name}}`);
  if (phone.packages.get(found.target) === undefined)
    return failed(name, `Unable to find instrumentation target package: ${found.target}`);
  if (name !== `${serverTestPackage}/${runner}` || found.target !== serverPackage) return { out: crashed };
  // Without -w the command ends at once, and with it the connection to UiAutomation that it holds.
  if (!args.includes("-w")) return {};

  const startedAt = phone.clock.now();
  const how = await instrumentation.run(() => context.print(raw ? rawStart : `\n${serverTest}:`), signal);
  if (signal?.aborted) return { code: hungUp };
  if (how === "crashed") return { out: crashed };
  const seconds = ((phone.clock.now() - startedAt) / 1000).toFixed(3);
  const summary = `\n\nTime: ${seconds}\n\nOK (1 test)\n\n`;
  if (!raw) return { out: `.${summary}\n` };
  return { out: `${rawEnd}INSTRUMENTATION_RESULT: stream=${summary}\nINSTRUMENTATION_CODE: -1\n` };
}

const crashed = "INSTRUMENTATION_RESULT: shortMsg=Process crashed.\nINSTRUMENTATION_CODE: 0\n";

const status = [
  `INSTRUMENTATION_STATUS: class=${serverTest}`,
  "INSTRUMENTATION_STATUS: current=1",
  "INSTRUMENTATION_STATUS: id=AndroidJUnitRunner",
  "INSTRUMENTATION_STATUS: numtests=1",
];
const rawStart = `${[...status, `INSTRUMENTATION_STATUS: stream=\n${serverTest}:`, "INSTRUMENTATION_STATUS: test=startServer", "INSTRUMENTATION_STATUS_CODE: 1"].join("\n")}\n`;
const rawEnd = `${[...status, "INSTRUMENTATION_STATUS: stream=.", "INSTRUMENTATION_STATUS: test=startServer", "INSTRUMENTATION_STATUS_CODE: 0"].join("\n")}\n`;

function failed(name: string, why: string): Output {
  return {
    out: [
      `android.util.AndroidException: INSTRUMENTATION_FAILED: ${name}`,
      "INSTRUMENTATION_STATUS: id=ActivityManagerService",
      `INSTRUMENTATION_STATUS: Error=${why}`,
      "INSTRUMENTATION_STATUS_CODE: -1\n",
    ].join("\n"),
    code: 1,
  };
}
