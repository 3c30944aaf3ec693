import { AndroidGenError, configError, errorMessage } from "../errors.ts";

/** The device failed, the file may not grow, or too many files are open. */
const writeFailures: ReadonlySet<string> = new Set(["EIO", "EFBIG", "EMFILE", "ENFILE", "ESTALE"]);

/** Turns what SQLite or the file system threw into an error that names the database and the mend. */
export function storeError(error: unknown, file: string): Error {
  if (AndroidGenError.isInstance(error)) return error;
  const code = errorCode(error);
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return diskFull(file, error);
  if (code.startsWith("SQLITE_BUSY")) {
    return configError(
      "DB_BUSY",
      `Another program keeps the database ${file} locked. Stop it, then go on.`,
      error,
    );
  }
  if (code.startsWith("SQLITE_READONLY") || code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return configError(
      "DB_NOT_WRITABLE",
      `The database ${file} or its folder cannot be written. Check its owner and permissions.`,
      error,
    );
  }
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) return unreadable(file, error);
  if (code.startsWith("SQLITE_IOERR") || writeFailures.has(code)) {
    return configError(
      "DB_IO_ERROR",
      `The disk failed while the database ${file} was used (${code}). ` +
        "Check the disk and its free space; what was recorded before is kept, and the run can be resumed.",
      error,
    );
  }
  return error as Error;
}

export function unreadable(file: string, cause: unknown): AndroidGenError {
  return configError(
    "DB_UNREADABLE",
    `${file} cannot be read as a database (${errorMessage(cause)}). ` +
      "Name another file with --db, or move this one away to start anew.",
    cause,
  );
}

function diskFull(file: string, cause: unknown): AndroidGenError {
  return configError(
    "DISK_FULL",
    `The disk that holds ${file} is full. Nothing that was recorded is lost: free some space, then resume the run.`,
    cause,
  );
}

/** `SQLITE_…`, or the name of a system error; an empty string for anything else. */
export function errorCode(error: unknown): string {
  const known = typeof error === "object" && error !== null && "code" in error;
  return known ? String(error.code) : "";
}
