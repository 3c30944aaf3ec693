/** A literal that a parameter can take. */
export type ParameterValue = string | number;

/**
 * How a parameter's value is drawn, by the instance's seed.
 *
 * A `choice` among records draws one of them whole and fills several holes: with
 * `state: { choice: [{ word: on, value: 1 }, { word: off, value: 0 }] }` there are `{state.word}` and
 * `{state.value}`. `not` keeps the value apart from that of a parameter declared above.
 */
export type ParameterSpec =
  | { choice: (ParameterValue | Record<string, ParameterValue>)[]; not?: string }
  /** Whole numbers, both ends included; `step` apart. */
  | { int: [number, number]; step?: number; not?: string }
  /** Text built from parameters declared above, such as `{first} {last}`. */
  | { text: string };

/** A comparison of one piece of device state with what it should be. Text is compared trimmed. */
export type Expectation =
  | { equals: ParameterValue }
  | { contains: string }
  /** JavaScript regular expression, no flags. */
  | { matches: string }
  /** Inclusive range of a number. */
  | { between: [number, number] }
  /** A telephone number: only the digits are compared, and words around them do not matter. */
  | { phone: ParameterValue };

/** Something done to the device before the agent starts, in the order given. */
export type SetupStep =
  | { setting: { namespace: SettingsNamespace; key: string; value: ParameterValue } }
  | { file: { path: string; text: string } }
  | { remove: { path: string } }
  | { contentInsert: { uri: string; values: Record<string, ParameterValue> } }
  | { contentDelete: { uri: string; where?: string } }
  | { sqlite: { db: string; sql: string } }
  /** A new contact with one telephone number. */
  | { contact: { name: string; phone: ParameterValue } }
  /** A received message, `minutesAgo` (0 where absent) before the device's clock. */
  | { sms: { from: ParameterValue; text: string; minutesAgo?: number } }
  /** Sets the device's clock, in its own time zone: `2023-10-15T15:34:00`. */
  | { date: string }
  /** Clears an app's data and stops it. */
  | { clearApp: string }
  | { openApp: string }
  /** An argument vector, for what the others cannot say. */
  | { shell: string[] };

export type SettingsNamespace = "system" | "secure" | "global";

/** Something that must be true of the device, or of the agent's answer, when the episode ends. */
export type Check =
  | { setting: { namespace: SettingsNamespace; key: string } & Expectation }
  /** Number of rows of a content provider that match; at least one where `count` is absent. */
  | {
      content: {
        uri: string;
        /** Column → expectation; a row counts when all hold. */
        row: Record<string, ParameterValue | Expectation>;
        count?: number;
      };
    }
  /** What a query that gives one value gives. */
  | { sqlite: { db: string; query: string } & Expectation }
  | { file: { path: string; exists: boolean } | ({ path: string } & Expectation) }
  | { foreground: { package: string; activity?: string } }
  /** An element on the final screen. */
  | { element: ElementMatch }
  /** Compared without regard to case, white space and closing punctuation. */
  | { answer: Expectation }
  /** The output of a command, or its exit code. */
  | { shell: { argv: string[] } & (Expectation | { exitCode: number }) };

export interface ElementMatch {
  text?: string;
  textContains?: string;
  /** JavaScript regular expression, no flags. */
  textMatches?: string;
  description?: string;
  resourceId?: string;
  checked?: boolean;
  /** `true` where not given. */
  present?: boolean;
}

/** One family of tasks: a goal with holes, and how success is told. */
export interface TaskTemplate {
  id: string;
  goal: string;
  params: Record<string, ParameterSpec>;
  setup: SetupStep[];
  checks: Check[];
  /** Steps the agent may take. */
  budget: number;
  apps: string[];
  tags: string[];
}

export interface TaskSuite {
  name: string;
  description: string;
  /** Its tasks measure agents: their successes are known as such wherever they are kept. */
  benchmark: boolean;
  /** Where it was read from, as the user named it. */
  file: string;
  templates: TaskTemplate[];
  /** Hex SHA-256 of the file's text: two runs with equal hashes ran the same tasks. */
  sha256: string;
}

/** A template with its parameters drawn: every `{hole}` is filled. */
export interface TaskInstance {
  /** `template#number`, unique in its suite. */
  id: string;
  templateId: string;
  number: number;
  seed: number;
  /** Drawn values by hole: `name`, `state.word`. */
  params: Record<string, ParameterValue>;
  goal: string;
  setup: SetupStep[];
  checks: Check[];
  budget: number;
  apps: string[];
  tags: string[];
}

/** What one check said, in words a person can read. */
export interface CheckResult {
  passed: boolean;
  /** Such as `setting global/wifi_on equals 0`. */
  check: string;
  /** What was found. */
  found: string;
}
