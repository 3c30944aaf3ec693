export type { AppApi } from "./declaration.ts";
export { loadApis, parseApis } from "./load.ts";
export { performApi } from "./perform-api.ts";
export type { ApiResult } from "./perform-api.ts";
export { allowed, offered } from "./permissions.ts";
