/** The errors of the UiAutomator2 server, with the status each is answered with (its `common/exceptions`). */
export type Uia2ErrorCode =
  | "unknown error"
  | "unknown command"
  | "unknown method"
  | "invalid session id"
  | "session not created"
  | "invalid argument"
  | "invalid selector"
  | "invalid element state"
  | "no such element"
  | "no such alert"
  | "stale element reference"
  | "unable to capture screen";

const statuses: Record<Uia2ErrorCode, number> = {
  "unknown error": 500,
  "unknown command": 404,
  "unknown method": 405,
  "invalid session id": 404,
  "session not created": 500,
  "invalid argument": 400,
  "invalid selector": 400,
  "invalid element state": 400,
  "no such element": 404,
  "no such alert": 404,
  "stale element reference": 404,
  "unable to capture screen": 500,
};

/** Java classes, as they begin the stack trace. */
const classes: Record<Uia2ErrorCode, string> = {
  "unknown error": "UiAutomator2Exception",
  "unknown command": "UnknownCommandException",
  "unknown method": "NotImplementedException",
  "invalid session id": "NoSuchDriverException",
  "session not created": "SessionNotCreatedException",
  "invalid argument": "InvalidArgumentException",
  "invalid selector": "InvalidSelectorException",
  "invalid element state": "InvalidElementStateException",
  "no such element": "ElementNotFoundException",
  "no such alert": "NoAlertOpenException",
  "stale element reference": "StaleElementReferenceException",
  "unable to capture screen": "TakeScreenshotException",
};

export class Uia2Error extends Error {
  override readonly name = "Uia2Error";
  readonly code: Uia2ErrorCode;

  constructor(code: Uia2ErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }

  /** `value` of the reply. */
  toValue(): { error: string; message: string; stacktrace: string } {
    const stacktrace = `io.appium.uiautomator2.common.exceptions.${classes[this.code]}: ${this.message}\n`;
    return { error: this.code, message: this.message, stacktrace };
  }
}

export function unknownCommand(): Uia2Error {
  return new Uia2Error(
    "unknown command",
    "The requested resource could not be found, or a request was received using an HTTP method that is not supported by the mapped resource",
  );
}

export function noSuchElement(): Uia2Error {
  return new Uia2Error(
    "no such element",
    "An element could not be located on the page using the given search parameters",
  );
}
