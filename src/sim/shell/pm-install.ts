import { absolute, fail, type CommandContext, type Output } from "./command.ts";

/**
 * The simulated phone has no Dalvik: it can run only the apps it was made with. An APK of one of
 * those cannot be told apart from any other, so every install fails, in Android's format and with
 * the reason.
 */
export function installCommand(verb: string, args: readonly string[], context: CommandContext): Output {
  if (verb !== "install" && verb !== "install-streaming")
    return fail("java.lang.UnsupportedOperationException: install sessions are not simulated", 255);
  const file = args.findLast((word) => !word.startsWith("-"));
  const bytes =
    args.includes("-S") || file === undefined ? context.stdin : readIfThere(context, absolute(context, file));
  if (bytes === undefined)
    return fail(`Error: Unable to open file: ${file}\nError: Can't open file: ${file}`, 255);
  // An APK is a ZIP file, which starts with PK.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    return { out: "Failure [INSTALL_PARSE_FAILED_NOT_APK: Failed to parse base.apk]\n", code: 1 };
  return {
    out: "Failure [INSTALL_FAILED_NO_MATCHING_ABIS: the simulated device runs only its own apps]\n",
    code: 1,
  };
}

function readIfThere({ phone }: CommandContext, path: string): Uint8Array | undefined {
  return phone.files.exists(path) ? phone.files.read(path) : undefined;
}
