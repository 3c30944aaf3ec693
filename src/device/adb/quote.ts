/**
 * One argument as a word of the device's shell: in single quotes nothing has a meaning but the single
 * quote itself (POSIX Shell Command Language, 2.2.2).
 */
function quoteArgument(argument: string): string {
  if (argument.includes("\0")) {
    throw new TypeError("a command's argument cannot hold the character NUL");
  }
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command's name that is no word of the shell's own language. */
const plainName =
  /^(?!(?:case|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$)[\w./-]+$/u;

/**
 * The command line that the device's shell reads as exactly these arguments. Every argument is quoted;
 * the command's name stays as it is where it can, so that people can read logs.
 */
export function commandLine(argv: readonly string[]): string {
  const [name, ...rest] = argv;
  if (name === undefined) throw new TypeError("a command has at least its own name");
  return [plainName.test(name) ? name : quoteArgument(name), ...rest.map(quoteArgument)].join(" ");
}
