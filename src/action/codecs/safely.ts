import { AndroidGenError } from "../../errors.ts";
import type { ParsedAction } from "../codec.ts";

/** Reads where the grid of a screen may not exist: then there is no reply to it either. */
export function safely(read: () => ParsedAction): ParsedAction {
  try {
    return read();
  } catch (error) {
    if (AndroidGenError.isInstance(error)) return { ok: false, reason: error.message };
    throw error;
  }
}
