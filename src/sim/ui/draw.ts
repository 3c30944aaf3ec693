import type { Context } from "./canvas.ts";
import type { Box } from "./layout.ts";
import type { FieldFocus } from "./state.ts";
export function drawWindow(_context: Context, _root: Box, _focus: FieldFocus | undefined): void {}
