import { Command } from "commander";
import { ablateCommand } from "./commands/ablate.ts";
import { demoCommand } from "./commands/demo.ts";
import { devicesCommand } from "./commands/devices.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { promptCommand } from "./commands/prompt.ts";
import { runCommand } from "./commands/run.ts";
import { scoreCommand } from "./commands/score.ts";
import { showCommand } from "./commands/show.ts";
import { simCommand } from "./commands/sim.ts";
import { tasksCommand } from "./commands/tasks.ts";

/**
 * All commands. Each file under `commands/` names its options here and loads what it works with only when it is
 * called, so that `--help` stays quick.
 */
export function buildProgram(): Command {
  const program = new Command("androidgen")
    .description("Turn a farm of Android devices into training data for mobile agents.")
    .version("0.1.0")
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .addHelpText(
      "after",
      `
Examples:
  $ androidgen demo                                    the whole way on simulated devices, nothing else needed
  $ androidgen devices                                 which devices adb sees
  $ androidgen run tasks/demo.yaml --base-url http://localhost:8000/v1 --model my-model
  $ androidgen run --resume RUN                        go on with a stopped run
  $ androidgen export --out trajectories/dataset       the kept trajectories as training data

Exit codes: 0 done, 1 failed, 2 something to be mended by you, 130 stopped by Ctrl-C.`,
    );
  for (const command of [
    demoCommand(),
    simCommand(),
    devicesCommand(),
    runCommand(),
    showCommand(),
    promptCommand(),
    scoreCommand(),
    exportCommand(),
    ablateCommand(),
    importCommand(),
    tasksCommand(),
    doctorCommand(),
  ]) {
    // Subcommands do not inherit exitOverride when they are made elsewhere.
    overrideExit(command);
    program.addCommand(command);
  }
  return program;
}

function overrideExit(command: Command): void {
  command.exitOverride().showHelpAfterError("(add --help for the options)");
  for (const child of command.commands) overrideExit(child);
}
