export type { Action, ActionType, Direction, Key, Target } from "./action.ts";
export { androidGenCode } from "./androidgen-code.ts";
export type { ActionCodec, CodecScreen, ParsedAction } from "./codec.ts";
export { misfit } from "./offered-api.ts";
export type { ApiArguments, ApiParam, OfferedApi } from "./offered-api.ts";
