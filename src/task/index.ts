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
