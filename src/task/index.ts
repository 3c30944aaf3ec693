export type {
  Check,
  CheckResult,
  ElementMatch,
  Expectation,
  ParameterSpec,
  ParameterValue,
  SettingsNamespace,
  SetupStep,
  TaskInstance,
  TaskSuite,
  TaskTemplate,
} from "./task.ts";
export { CHECKS_VERSION, runChecks } from "./checks.ts";
export { drawInstance } from "./instance.ts";
export { isSetUpFailure, setUpTask } from "./setup.ts";
export { loadSuite, parseSuite } from "./suite.ts";
