import { errorMessage } from "../../../errors.ts";
import { errorCode } from "../error-code.ts";

/** Linux numbers and words of what `SimFiles` fails with. */
const table: Record<string, [number: number, text: string]> = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EIO: [5, "I/O error"],
  EACCES: [13, "Permission denied"],
  EEXIST: [17, "File exists"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  EINVAL: [22, "Invalid argument"],
  ENOSPC: [28, "No space left on device"],
  EROFS: [30, "Read-only file system"],
  ENAMETOOLONG: [36, "File name too long"],
  ENOTEMPTY: [39, "Directory not empty"],
  ELOOP: [40, "Too many symbolic links encountered"],
};

/** What a failed file operation is called on the wire; EIO where it is no file error. */
export function describeErrno(error: unknown): { errno: number; text: string } {
  const known = table[errorCode(error) ?? ""];
  if (known === undefined) return { errno: 5, text: `I/O error (${errorMessage(error)})` };
  return { errno: known[0], text: known[1] };
}
