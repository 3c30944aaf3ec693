import type { Device, ShellResult } from "../device/index.ts";
import { infraError } from "../errors.ts";
import type { Element, Screen } from "../screen/index.ts";
import { queryContent } from "./content.ts";
import { answerMeets, describe, expectationOf, meets } from "./expectation.ts";
import type { Check, CheckResult, ElementMatch, Expectation, TaskInstance } from "./task.ts";

/** Version of what the checks mean; stored with each verdict they give. */
export const CHECKS_VERSION = "checks.v1";

/**
 * Looks at the device as the agent left it. `screen` is the final screen and `answer` what the agent
 * reported, or undefined. What cannot be read throws, with class `infra`; an unmet check is a result.
 */
export async function runChecks(
  device: Device,
  instance: TaskInstance,
  screen: Screen,
  answer: string | undefined,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of instance.checks) results.push(await runCheck(device, check, screen, answer));
  return results;
}

async function runCheck(
  device: Device,
  check: Check,
  screen: Screen,
  answer: string | undefined,
): Promise<CheckResult> {
  if ("setting" in check) {
    const { namespace, key } = check.setting;
    const { stdout } = await read(device, ["settings", "get", namespace, key], [0]);
    return compare(`setting ${namespace}/${key}`, stdout, expectationOf(check.setting));
  }
  if ("content" in check) return checkContent(device, check.content);
  if ("sqlite" in check) {
    const { stdout, stderr, exitCode } = await querySqlite(device, check.sqlite);
    if (exitCode !== 0) return { passed: false, check: `query of ${check.sqlite.db}`, found: stderr.trim() };
    return compare(`query of ${check.sqlite.db}`, stdout, expectationOf(check.sqlite));
  }
  if ("file" in check) return checkFile(device, check.file);
  if ("foreground" in check) {
    const { package: name, activity } = check.foreground;
    const passed = screen.package === name && (activity === undefined || screen.activity.endsWith(activity));
    return {
      passed,
      check: `foreground is ${name}${activity ?? ""}`,
      found: `${screen.package}/${screen.activity}`,
    };
  }
  if ("element" in check) return checkElement(screen, check.element);
  if ("answer" in check) {
    const name = `answer ${describe(check.answer)}`;
    if (answer === undefined) return { passed: false, check: name, found: "no answer" };
    return { passed: answerMeets(answer, check.answer), check: name, found: answer };
  }
  const { stdout, exitCode } = await device.shell(check.shell.argv);
  const command = `output of ${check.shell.argv.join(" ")}`;
  if ("exitCode" in check.shell) {
    const passed = exitCode === check.shell.exitCode;
    return {
      passed,
      check: `${check.shell.argv.join(" ")} exits ${check.shell.exitCode}`,
      found: String(exitCode),
    };
  }
  return compare(command, stdout, expectationOf(check.shell));
}

/** Runs a command that only looks. An exit code it does not use for an answer throws `CHECK_UNREADABLE`. */
async function read(
  device: Device,
  argv: readonly string[],
  answers: readonly number[],
): Promise<ShellResult> {
  const result = await device.shell(argv);
  if (answers.includes(result.exitCode)) return result;
  throw unreadable(device, argv, result);
}

/** A missing database or table is an answer; a missing sqlite3 (126, 127) or a lock on the database is none. */
async function querySqlite(
  device: Device,
  { db, query }: { db: string; query: string },
): Promise<ShellResult> {
  const argv = ["sqlite3", db, query];
  const result = await device.shell(argv);
  const locked = result.exitCode !== 0 && /database (?:table )?is (?:locked|busy)/iu.test(result.stderr);
  if (result.exitCode === 126 || result.exitCode === 127 || locked) throw unreadable(device, argv, result);
  return result;
}

/** Not the agent's failure: another attempt, on another device, can be judged. */
function unreadable(device: Device, argv: readonly string[], { stdout, stderr, exitCode }: ShellResult) {
  const said = (stderr || stdout).trim().slice(0, 300) || "nothing";
  return infraError(
    "CHECK_UNREADABLE",
    `${device.info.serial}: ${argv.join(" ")} ended with exit code ${exitCode} and said: ${said}`,
  );
}

function compare(what: string, found: string, expectation: Expectation): CheckResult {
  return {
    passed: meets(found, expectation),
    check: `${what} ${describe(expectation)}`,
    found: found.trim(),
  };
}

async function checkContent(
  device: Device,
  { uri, row, count }: Extract<Check, { content: unknown }>["content"],
): Promise<CheckResult> {
  const wanted = Object.entries(row).map(
    ([column, value]) => [column, typeof value === "object" ? value : { equals: value }] as const,
  );
  const rows = await queryContent(device, uri, Object.keys(row));
  const matching = rows.filter((found) =>
    wanted.every(([column, expectation]) => meets(found[column] ?? "", expectation)),
  ).length;
  const like = wanted.map(([column, expectation]) => `${column} ${describe(expectation)}`).join(", ");
  return {
    passed: count === undefined ? matching > 0 : matching === count,
    check: `${count ?? "at least 1"} rows of ${uri} where ${like}`,
    found: `${matching} of ${rows.length} rows`,
  };
}

async function checkFile(
  device: Device,
  file: Extract<Check, { file: unknown }>["file"],
): Promise<CheckResult> {
  const { exitCode } = await read(device, ["test", "-e", file.path], [0, 1]);
  const exists = exitCode === 0;
  if ("exists" in file) {
    const found = exists ? "exists" : "does not exist";
    return {
      passed: exists === file.exists,
      check: `${file.path} ${file.exists ? "exists" : "does not exist"}`,
      found,
    };
  }
  const expectation = expectationOf(file);
  if (!exists)
    return { passed: false, check: `${file.path} ${describe(expectation)}`, found: "no such file" };
  const content = await device.pull(file.path);
  return compare(file.path, content.toString("utf8"), expectation);
}

function checkElement(screen: Screen, match: ElementMatch): CheckResult {
  const { present = true, ...like } = match;
  const found = screen.elements.filter((element) => elementMatches(element, like)).length;
  const words = Object.entries(like).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return {
    passed: found > 0 === present,
    check: `${present ? "an" : "no"} element with ${words.join(", ")} on the screen`,
    found: `${found} of ${screen.elements.length} elements`,
  };
}

function elementMatches(element: Element, like: Omit<ElementMatch, "present">): boolean {
  return (
    textMatches(element.text, like) &&
    (like.description === undefined || element.description === like.description) &&
    (like.resourceId === undefined || element.resourceId === like.resourceId) &&
    (like.checked === undefined || element.checked === like.checked)
  );
}

/** A row that can be tapped carries its labels as lines of one text: any of them may be what is looked for. */
function textMatches(text: string, like: Omit<ElementMatch, "present">): boolean {
  return [text, ...text.split("\n")].some(
    (line) =>
      (like.text === undefined || line === like.text) &&
      (like.textContains === undefined || line.includes(like.textContains)) &&
      (like.textMatches === undefined || new RegExp(like.textMatches).test(line)),
  );
}
