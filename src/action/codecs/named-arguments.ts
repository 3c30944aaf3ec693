import type { Call, CallValue } from "../read/call-parser.ts";
import { Fields, loose } from "../read/fields.ts";

/**
 * The function that a call means and its arguments by name. `functions` holds the parameters of each, in
 * the order in which they may be given without a name; the call must be of one of them.
 */
export function namedArguments<N extends string>(
  call: Call,
  functions: Readonly<Record<N, readonly string[]>>,
): { name: N; fields: Fields } {
  const name = (Object.keys(functions) as N[]).find((one) => loose(one) === loose(call.name))!;
  const given = call.positional.map((value, i): [string, CallValue] => [
    functions[name][i] ?? String(i),
    value,
  ]);
  return { name, fields: new Fields([...given, ...call.named]) };
}
