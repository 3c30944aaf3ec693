import { settingsNamespaces } from "./settings.ts";
import type {
  ContentProvider,
  ContentQuery,
  ContentResolver,
  SettingsNamespace,
  SimSettings,
  SqlValue,
} from "./services.ts";

/** Why a content call failed, in the words of Android's exceptions. */
export class ContentError extends Error {
  override readonly name = "ContentError";
}

/** Finds the provider of a URI's authority. */
export function createResolver(providers: () => readonly ContentProvider[]): ContentResolver {
  function find(uri: string): { provider: ContentProvider; path: string } {
    const match = /^content:\/\/([^/?]+)\/*([^?]*)/u.exec(uri);
    if (match === null) throw new ContentError(`java.lang.IllegalArgumentException: Unknown URI ${uri}`);
    const authority = match[1]!.replace(/^\d+@/u, "");
    const provider = providers().find((each) => each.authority === authority);
    if (provider === undefined) throw new ContentError(`Could not find provider: ${authority}`);
    return { provider, path: decodeURIComponent(match[2]!.replace(/\/+$/u, "")) };
  }
  return {
    query(uri, query = {}) {
      const { provider, path } = find(uri);
      return provider.query(path, query);
    },
    insert(uri, values) {
      const { provider, path } = find(uri);
      return provider.insert(path, values);
    },
    update(uri, values, where, args) {
      const { provider, path } = find(uri);
      return provider.update(path, values, where, args);
    },
    delete(uri, where, args) {
      const { provider, path } = find(uri);
      return provider.delete(path, where, args);
    },
  };
}

/** `content://settings/<namespace>[/<name>]`. */
export function settingsProvider(settings: SimSettings): ContentProvider {
  const split = (path: string): { namespace: SettingsNamespace; name: string | undefined } => {
    const [first = "", name] = path.split("/");
    const namespace = settingsNamespaces.find((each) => each === first);
    if (namespace === undefined)
      throw new ContentError(`java.lang.IllegalArgumentException: Invalid URI: content://settings/${path}`);
    return { namespace, name };
  };
  const put = (path: string, values: Record<string, SqlValue>): string => {
    const { namespace, name } = split(path);
    const key = String(values["name"] ?? name ?? "");
    settings.put(namespace, key, String(values["value"] ?? ""));
    return `${namespace}/${key}`;
  };
  return {
    authority: "settings",
    query(path, query: ContentQuery) {
      const { namespace, name } = split(path);
      const wanted = name ?? /^\s*name\s*=\s*['"](.*)['"]\s*$/u.exec(query.where ?? "")?.[1];
      return settings
        .list(namespace)
        .map(([key, value], index) => ({ _id: index + 1, name: key, value }))
        .filter((row) => wanted === undefined || row.name === wanted)
        .map((row) => project(row, query.projection));
    },
    insert: put,
    update(path, values) {
      put(path, values);
      return 1;
    },
    delete(path, where) {
      const { namespace, name } = split(path);
      const key = name ?? /^\s*name\s*=\s*['"](.*)['"]\s*$/u.exec(where ?? "")?.[1] ?? "";
      return settings.delete(namespace, key) ? 1 : 0;
    },
  };
}

function project(
  row: Record<string, SqlValue>,
  columns: readonly string[] | undefined,
): Record<string, SqlValue> {
  if (columns === undefined) return row;
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}
