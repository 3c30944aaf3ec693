import { AndroidGenError } from "../errors.ts";
import { Interrupted } from "./interrupt.ts";

/** What stopped a command, with how to go on in its message; anything unforeseen as it is. */
export function toGoOn(error: unknown, how: string): unknown {
  if (error instanceof Interrupted) return new Interrupted(`${error.message}; ${how}`);
  if (!AndroidGenError.isInstance(error)) return error;
  const { code, class: failureClass, message } = error;
  return new AndroidGenError(`${message}\n${how}`, { code, class: failureClass, cause: error });
}
