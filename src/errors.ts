/**
 * What kind of failure this is, which decides what the runner does with it:
 * - `infra`: the device or host failed; the episode is repeated on another device, free of charge.
 * - `agent`: the agent failed; that is a result and is never repeated.
 * - `config`: the user must change something; the run stops at once.
 * - `llm`: the model endpoint failed; back off and try again.
 */
export type FailureClass = "infra" | "agent" | "config" | "llm";

export interface AndroidGenErrorOptions {
  /** Stable, upper-case name of the failure, such as `DEVICE_GONE`. Programs match on it. */
  code: string;
  class: FailureClass;
  /** Whether the same call may succeed if it is made again. */
  retryable?: boolean;
  cause?: unknown;
}

const brand = Symbol.for("androidgen.error");

/**
 * The one error root. Its message names what failed, where, and what the reader can do about it.
 */
export class AndroidGenError extends Error {
  readonly code: string;
  readonly class: FailureClass;
  readonly retryable: boolean;
  readonly [brand] = true;

  constructor(message: string, options: AndroidGenErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AndroidGenError";
    this.code = options.code;
    this.class = options.class;
    this.retryable = options.retryable ?? false;
  }

  /** Works across copies of this package, where `instanceof` does not. */
  static isInstance(value: unknown): value is AndroidGenError {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** A mistake of the user's: exit code 2, nothing is retried. */
export function configError(code: string, message: string, cause?: unknown): AndroidGenError {
  return new AndroidGenError(message, { code, class: "config", cause });
}

/** A device or host failure that another attempt, or another device, may not have. */
export function infraError(code: string, message: string, cause?: unknown): AndroidGenError {
  return new AndroidGenError(message, { code, class: "infra", retryable: true, cause });
}

/** The text of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error as plain data, for records and events. */
export interface ErrorReport {
  code: string;
  class: FailureClass;
  message: string;
}

export function errorReport(error: AndroidGenError): ErrorReport {
  return { code: error.code, class: error.class, message: error.message };
}
