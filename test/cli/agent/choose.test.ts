import { describe, expect, test } from "@jest/globals";
import { Command } from "commander";
import { agentSpecOf, defaultAgentSpec } from "../../../src/agent/index.ts";
import { chosenAgent, requireMakeable, sameAgent } from "../../../src/cli/agent/choose.ts";
import { addAgentChoice, type AgentOptions } from "../../../src/cli/agent/options.ts";

/** The options of a command line. */
function options(...args: string[]): AgentOptions {
  const command = addAgentChoice(new Command().exitOverride().configureOutput({ writeErr: () => {} }));
  return command.parse(args, { from: "user" }).opts();
}

const chosen = (...args: string[]) => chosenAgent(options(...args));

describe("the agent that options name", () => {
  test("is AndroidGen's, whole, without any", () => {
    expect(chosen()).toEqual(defaultAgentSpec("androidgen"));
    expect(chosen().modules).toEqual({ expSearch: true, reflectPlan: true, autoCheck: true });
  });

  test("lacks what is taken out of it, and no more", () => {
    const { modules, rulesOff } = chosen(
      "--without",
      "reflect-plan",
      "exp-search",
      "--no-rule",
      "text-not-empty",
    );
    expect(modules).toEqual({ expSearch: false, reflectPlan: false, autoCheck: true });
    expect(rulesOff).toEqual(["text-not-empty"]);
  });

  test("has the bounds and examples that are named", () => {
    const spec = chosen(
      "--history-steps",
      "3",
      "--history-tokens",
      "900",
      "--examples",
      "0",
      "--part-examples",
      "2",
      "--example-floor",
      "0.5",
      "--examples-in",
      "app",
      "--examples-of-same-template",
      "--observe",
      "both",
    );
    expect(spec).toMatchObject({ historySteps: 3, historyTokens: 900, observe: "both" });
    expect(spec.expSearch).toMatchObject({
      trajectories: 0,
      subGoals: 2,
      floor: 0.5,
      trajectoriesFrom: "app",
      exclude: { sameTemplate: false },
    });
  });

  test("of a benchmark is shown nothing of a benchmark", () => {
    const { expSearch } = chosenAgent(options(), { benchmark: true, templates: [{ id: "wifi" }] });
    expect(expSearch.exclude).toEqual({ sameTemplate: true, benchmarks: true, templates: ["wifi"] });
  });

  test("a recorded run makes it a replay", () => {
    expect(chosen("--replay", "r1")).toMatchObject({ kind: "replay", replayOf: "r1" });
  });

  test.each([
    [["--agent", "text", "--without", "auto-check"], "--without is for --agent androidgen, not for text"],
    [["--agent", "human", "--history-steps", "2"], "--history-steps is for"],
    [["--codec", "qwen3-vl"], "--codec is for --agent text or picture, not for androidgen"],
    [["--agent", "replay"], "give --replay RUN"],
    [["--agent", "picture", "--replay", "r1"], "--replay is for --agent replay"],
  ])("%j is refused", (args, message) => {
    expect(() => chosen(...args)).toThrow(message);
  });
});

test.each([
  ["AGENT_CODEC_UNKNOWN", ["--agent", "text", "--codec", "ui-tars"]],
  ["AGENT_CODEC_UNKNOWN", ["--agent", "picture", "--codec", "androidgen-code"]],
  ["AGENT_HISTORY_SHORT", ["--history-tokens", "10"]],
  ["RULE_UNKNOWN", ["--no-rule", "no-such-rule"]],
])("%s is found before a run is written", (code, args) => {
  expect(() => requireMakeable(chosen(...args))).toThrow(expect.objectContaining({ code, class: "config" }));
});

test.each(["androidgen", "text", "picture", "human"])("nothing is wrong with %s as it comes", (kind) => {
  expect(() => requireMakeable(chosen("--agent", kind))).not.toThrow();
});

describe("the agent of a run that goes on", () => {
  const stored = chosen("--without", "auto-check", "--history-steps", "3");

  test("is the one that is stored, whatever is left out or said again", () => {
    expect(sameAgent(stored, options())).toEqual(stored);
    expect(sameAgent(stored, options("--agent", "androidgen", "--history-steps", "3"))).toEqual(stored);
  });

  test("is no other one, and the options in the way are named", () => {
    const other = options(
      "--agent",
      "text",
      "--history-steps",
      "4",
      "--no-rule",
      "grammar",
      "--without",
      "auto-check",
    );
    expect(() => sameAgent(stored, other)).toThrow("another --agent, --no-rule, --history-steps,");
  });

  test("survives a database: settings are plain data", () => {
    expect(agentSpecOf(JSON.parse(JSON.stringify({ agent: stored })))).toEqual(stored);
  });

  test("of a run of before there was a choice is AndroidGen's, with pictures or without", () => {
    expect(agentSpecOf({ agent: "androidgen", pictures: true })).toEqual({
      ...defaultAgentSpec("androidgen"),
      observe: "both",
    });
    expect(agentSpecOf({})).toEqual(defaultAgentSpec("androidgen"));
  });
});
