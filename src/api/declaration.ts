import type { ApiParam, OfferedApi } from "../action/index.ts";

/** An app interface as a file declares it: what an agent is told of it, and how a device is asked. */
export interface AppApi extends OfferedApi {
  params: readonly DeclaredParam[];
  /** What the user must allow, such as `alarms.write`. */
  permission: string;
  /** Packages of apps that take it, the first choice first; where empty, the system takes it. */
  packages: readonly string[];
  way: Way;
}

/** A parameter, and how its value is written for the device. */
export interface DeclaredParam extends ApiParam {
  format?: ParamFormat;
  /** What is written in place of a choice. */
  written?: Readonly<Record<string, string>>;
}

/**
 * - `phone`: digits with spaces, dots, hyphens, brackets and a plus in front; never the signs of a service code.
 * - `url`: a web address, http or https, without a password.
 * - `local-time`: `2023-10-15T15:30` by the device's clock; written in milliseconds since the epoch.
 */
export type ParamFormat = "phone" | "url" | "local-time";

export type Way =
  | { kind: "intent"; intent: IntentWay }
  | { kind: "setting"; setting: SettingWay }
  | { kind: "content"; content: ContentWay }
  | { kind: "service"; service: readonly string[] };

/** An intent for an activity, or a broadcast. In texts, `{hole}` stands for a parameter. */
export interface IntentWay {
  broadcast: boolean;
  action: string;
  /** A URI; what fills its holes is percent-encoded. */
  data?: string;
  mimeType?: string;
  extras: Readonly<Record<string, TypedText>>;
}

/** A value of a type that Android knows: of an intent's extra, or of a column. */
export interface TypedText {
  type: "string" | "int" | "long" | "float" | "boolean";
  /** Left out where it has a hole whose parameter is not given. */
  text: string;
}

/** Reads a setting, or writes it where there is a value. */
export interface SettingWay {
  namespace: "system" | "secure" | "global";
  key: string;
  value?: string;
}

/** One call of a content provider. */
export interface ContentWay {
  verb: "query" | "insert" | "update" | "delete";
  uri: string;
  /** Columns of a query. */
  columns: readonly string[];
  /** Column → the value it must have; a condition whose parameter is not given is left out. */
  where: Readonly<Record<string, string>>;
  /** Column → what its value must contain. */
  like: Readonly<Record<string, string>>;
  sort?: string;
  /** Columns of an insert or update. */
  values: Readonly<Record<string, TypedText>>;
}
