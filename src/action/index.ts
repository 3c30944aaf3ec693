export type { Action, ActionType, Direction, Key, Target } from "./action.ts";
export type { ActionCodec, ParsedAction } from "./codec.ts";
