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
  // A folder of this host begins a path; inside one, as /tmp in /data/local/tmp, it is the device's.
  const patterns = folders.map(
    (folder) => new RegExp(`(?<![\\w./-])${escaped(folder)}(?:${escaped(path.sep)}|(?![\\w.-]))`, "gu"),
  );
  return (text) =>
    patterns.reduce(
      (left, pattern) => left.replaceAll(pattern, (found) => (found.endsWith(path.sep) ? "" : ".")),
      text,
    );
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
}
