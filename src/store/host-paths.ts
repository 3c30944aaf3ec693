import { homedir, tmpdir } from "node:os";
import path from "node:path";

/**
 * Takes this host's folders out of messages before they are recorded: a database travels, and where it was
 * made is nobody's business. Paths on the device stay.
 */
export function hostPathRemover(file: string): (text: string) => string {
  const folders = [path.dirname(path.resolve(file)), process.cwd(), homedir(), tmpdir()]
    .filter((folder) => folder !== path.parse(folder).root)
    .sort((a, b) => b.length - a.length);
  return (text) => folders.reduce((left, folder) => left.replaceAll(`${folder}${path.sep}`, ""), text);
}
