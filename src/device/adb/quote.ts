/**
 * One argument as a word of the device's shell: in single quotes nothing has a meaning but the single
 * quote itself (POSIX Shell Command Language, 2.2.2).
 */
export function quoteArgument(argument: string): string {
  if (argument.includes("\0")) {
    throw new TypeError("a command's argument cannot hold the character NUL");
  }
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/** The command line that the device's shell reads as exactly these arguments. */
export function commandLine(argv: readonly string[]): string {
  if (argv.length === 0) throw new TypeError("a command has at least its own name");
  return argv.map(quoteArgument).join(" ");
}
