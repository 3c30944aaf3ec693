import type { OfferedApi } from "../action/index.ts";
import { configError } from "../errors.ts";
import type { AppApi } from "./declaration.ts";

/** Allows whatever is declared. */
const everything = "all";

/**
 * The interfaces whose permission the user gave; `all` gives every one. Throws `API_PERMISSION_UNKNOWN` (`config`),
 * which lists those there are, for a permission that no interface needs.
 */
export function allowed(apis: readonly AppApi[], permissions: readonly string[]): AppApi[] {
  const known = [...new Set(apis.map((api) => api.permission))].sort();
  const unknown = permissions.find((name) => name !== everything && !known.includes(name));
  if (unknown !== undefined) {
    throw configError(
      "API_PERMISSION_UNKNOWN",
      `No app interface needs the permission ${JSON.stringify(unknown)}. There are ${[...known, everything].join(", ")}.`,
    );
  }
  if (permissions.includes(everything)) return [...apis];
  return apis.filter((api) => permissions.includes(api.permission));
}

/** Of these interfaces, those that a device with these apps can take, as an agent is told of them. */
export function offered(apis: readonly AppApi[], installed: readonly { package: string }[]): OfferedApi[] {
  return apis
    .filter(
      ({ packages }) => packages.length === 0 || installed.some((app) => packages.includes(app.package)),
    )
    .map(({ name, description, params }) => ({ name, description, params: params.map(toldParam) }));
}

/** How a value is written is not the model's affair. */
function toldParam(param: AppApi["params"][number]): OfferedApi["params"][number] {
  const { format: _, written: __, ...told } = param;
  return told;
}
