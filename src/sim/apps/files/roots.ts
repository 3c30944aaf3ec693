import { product } from "../../system/properties.ts";
import type { AppContext } from "../../system/services.ts";
import type { IconName } from "../../ui/index.ts";
import { listDeep, listFolder, storageRoot, typeOf, type Entry } from "./entries.ts";

export type RootId = "recent" | "images" | "videos" | "audio" | "documents" | "downloads" | "storage";

/** A place in the drawer: a folder, or all files of a kind wherever they lie. */
export interface Root {
  id: RootId;
  title: string;
  icon: IconName;
  folder?: string;
  mime?: RegExp;
}

export const roots: readonly Root[] = [
  { id: "recent", title: "Recent", icon: "clock", mime: /./u },
  { id: "images", title: "Images", icon: "image", mime: /^image\//u },
  { id: "videos", title: "Videos", icon: "play", mime: /^video\//u },
  { id: "audio", title: "Audio", icon: "sound", mime: /^audio\//u },
  { id: "documents", title: "Documents", icon: "file", mime: /^(text\/|application\/pdf)/u },
  { id: "downloads", title: "Downloads", icon: "save", folder: `${storageRoot}/Download` },
  { id: "storage", title: product.name, icon: "phone", folder: storageRoot },
];

export function rootOf(id: RootId): Root {
  return roots.find((root) => root.id === id)!;
}

/** What a place shows; `folder` is where one has gone below a folder root. */
export function listRoot(context: AppContext, root: Root, folder: string | undefined): Entry[] {
  if (folder !== undefined) return listFolder(context, folder);
  return listDeep(context, storageRoot, false).filter((entry) => root.mime?.test(typeOf(entry.name).mime));
}
