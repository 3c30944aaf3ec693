/** Which of a command's options take a value. */
export interface OptionSpec {
  /** Options followed by a value, such as `--user`. */
  values: readonly string[];
  /** Options that stand alone, such as `-W`. */
  flags: readonly string[];
}

export interface ParsedOptions {
  flags: Set<string>;
  values: Map<string, string>;
  rest: string[];
}

/** Android's own message, printed with exit code 255 by its service commands. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** Options stand before and between the other arguments, as Android's `getNextOption` reads them. */
export function parseOptions(args: readonly string[], spec: OptionSpec): ParsedOptions {
  const parsed: ParsedOptions = { flags: new Set(), values: new Map(), rest: [] };
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!;
    if (spec.values.includes(argument)) {
      const value = args[++at];
      if (value === undefined) throw new OptionError(`Argument expected after "${argument}"`);
      parsed.values.set(argument, value);
    } else if (spec.flags.includes(argument)) parsed.flags.add(argument);
    else if (argument.startsWith("-") && argument.length > 1)
      throw new OptionError(`Unknown option: ${argument}`);
    else parsed.rest.push(argument);
  }
  return parsed;
}
