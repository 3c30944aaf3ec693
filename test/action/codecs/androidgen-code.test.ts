import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Action, androidGenCode } from "../../../src/action/index.ts";
import { anyActionOn, anyScreen, anyText } from "../arbitrary.ts";

/** The action of a reply, or the reason why there is none. */
function read(text: string): Action | string {
  const parsed = androidGenCode.parse(text);
  return parsed.ok ? parsed.action : parsed.reason;
}

const tap5: Action = { type: "tap", target: { kind: "element", index: 5 } };

const reply = (code: string): string =>
  `## Round 3\n* Confirm: The app is open.\n* Analysis: Tap "Save".\n* Operation:\n\n\`\`\`\n${code}\n\`\`\``;

describe("what a model writes", () => {
  test.each<[string, Action]>([
    ['do(action="Click", element_id="5")', tap5],
    ['do(action="Click", element_id=5)', tap5],
    ['do(action="Click", element_id="[5]", text=None, direction=null)', tap5],
    ["do(action='click', element_id='5')", tap5],
    ["do(action=“Click”, element_id=“5”)", tap5],
    ['do(action\u00A0=\u00A0"Click",\u00A0element_id="5")', tap5],
    ["Do(action=Click, elementId=5,)", tap5],
    ['do("Click", "5")', tap5],
    ['do(action="Click", point=[120, 40.5])', { type: "tap", target: { kind: "point", x: 120, y: 40.5 } }],
    [
      'do(action="Input_text", text="a", element_id="2")',
      { type: "inputText", text: "a", target: { kind: "element", index: 2 } },
    ],
    ['do(action="Input Text", text="")', { type: "inputText", text: "" }],
    [
      String.raw`do(action="Input Text", text="line\n\"two\" \u00e9 \d")`,
      { type: "inputText", text: 'line\n"two" é \\d' },
    ],
    ['do(action="Input Text", text="it is "so", yes?")', { type: "inputText", text: 'it is "so", yes?' }],
    ['do(action="Input Text", text="a\nb")', { type: "inputText", text: "a\nb" }],
    ['do(action="Input Text", text="""a "b" c""")', { type: "inputText", text: 'a "b" c' }],
    ['do(action="Input Text", text=42)', { type: "inputText", text: "42" }],
    ['do(action="PRESS ENTER")', { type: "press", key: "enter" }],
    [
      'do(action="Scroll", element_id=None, text=None, direction="Down")',
      { type: "scroll", direction: "down" },
    ],
    [
      'do(action="Swipe", element_id="3", direction="right", to=[900, 410])',
      {
        type: "swipe",
        direction: "right",
        target: { kind: "element", index: 3 },
        to: { kind: "point", x: 900, y: 410 },
      },
    ],
    ["do（action＝“Click”，element_id：5）".replace("：", "="), tap5],
    ['do(action="Wait")', { type: "wait", ms: 1000 }],
    ['do(action="Wait", seconds=2.5)', { type: "wait", ms: 2500 }],
    ['open_app("Simple Draw Pro")', { type: "openApp", app: "Simple Draw Pro" }],
    [
      'exit(message="done: f(x) # not a comment")',
      {
        type: "finish",
        status: "complete",
        message: "done: f(x) # not a comment",
      },
    ],
    ["exit()", { type: "finish", status: "complete", message: "" }],
    [
      'exit(message="no such app", status="Infeasible")',
      {
        type: "finish",
        status: "infeasible",
        message: "no such app",
      },
    ],
    [
      'call_api(name="weather", args={"city": "Oslo", "days": 3, "metric": True})',
      { type: "callApi", name: "weather", args: { city: "Oslo", days: 3, metric: true } },
    ],
  ])("%s", (code, action) => {
    expect(read(reply(code))).toEqual(action);
    expect(read(code)).toEqual(action);
  });

  test("the analysis is the thought and the comment belongs to the code", () => {
    expect(androidGenCode.parse(reply('do(action="Click", element_id="5") # the "Save" button'))).toEqual({
      ok: true,
      action: tap5,
      thought: '* Confirm: The app is open.\n* Analysis: Tap "Save".',
      code: 'do(action="Click", element_id="5") # the "Save" button',
    });
  });

  test("a space before the bracket is allowed where only code stands", () => {
    expect(read(reply('do (action="Click", element_id="5")'))).toEqual(tap5);
  });

  test.each([
    ["trailing prose", `${reply('do(action="Click", element_id="5")')}\nThis will exit(the app).`],
    ["a language on the fence", '```python\ndo(action="Click", element_id="5")\n```'],
    ["a fence on one line", 'Tap it.\n```do(action="Click", element_id="5")```'],
    ["a fence that is never closed", '```\ndo(action="Click", element_id="5")'],
    ["no fence", '* Analysis: I should do (this).\n* Operation: do(action="Click", element_id="5") # five'],
    ["code quoted in the analysis", `Not exit(message="x").\n${reply('do(action="Click", element_id="5")')}`],
    [
      "code in a comment",
      '```\n# exit(message="no")\ndo(action="Click", element_id="5") # do(action="Wait")\n```',
    ],
    [
      "the same call twice",
      '```\ndo(action="Click", element_id="5")\ndo(action="Click", element_id="5")\n```',
    ],
    [
      "reasoning before the reply",
      '<think>maybe exit(message="x")</think>do(action="Click", element_id="5")',
    ],
    ["tags", '<answer>do(action="Click", element_id="5")</answer>'],
  ])("%s is read past", (_, text) => {
    expect(read(text)).toEqual(tap5);
  });

  test.each([
    ["", "the reply is empty"],
    [" \n", "the reply is empty"],
    ["I am not sure what to do.", "no call of do()"],
    ["The answer (42) is what I would quote (or do).", "no call of do()"],
    [reply('do(action="Click")'), "Click needs element_id"],
    [reply('do(action="Click", element_id="save")'), "number of an element"],
    [reply('do(action="Fling", element_id="5")'), "there is no action Fling"],
    [reply('do(element_id="5")'), "do needs action"],
    [reply('do(action="Scroll")'), "Scroll needs direction"],
    [reply('do(action="Input Text", element_id="5", text=None)'), "Input Text needs text"],
    [reply('do(action="Click", element_id="5"'), "not closed"],
    [reply('do(action="Click, element_id=5)'), "not closed"],
    [reply('do(action="Click", element_id="5", colour="red")'), "no argument colour"],
    [reply('do(action="Click", action="Wait")'), "given twice"],
    [reply('do(action="Swipe", direction="up", to=[1, 2])'), "to begin at"],
    [reply('do(action="Swipe", direction="up", element_id="1", to="far")'), "number of an element"],
    [reply('open_app(app_name="")'), "needs app_name"],
    [reply('exit(message="x", status="maybe")'), "status of exit"],
    [reply('do(action="Wait", seconds=-1)'), "seconds of Wait"],
    [reply('do(action="Click", point=[1])'), "point is [x, y]"],
    [reply('call_api(name="a", args={"b": [1]})'), "is a string, a number or a truth value"],
    [reply('do(action="Click", element_id="5")\ndo(action="Click", element_id="6")'), "more than one action"],
    [reply('do(action="Click", element_id="5")\nopen_app(app_name='), "open_app("],
  ])("%j is refused", (text, reason) => {
    expect(read(text)).toEqual(expect.stringContaining(reason));
  });
});

test("every action is read back from its code, alone and in a reply", () => {
  const any = anyScreen.chain(anyActionOn);
  fc.assert(
    fc.property(any, (action) => {
      const code = androidGenCode.format(action);
      expect(read(code)).toEqual(action);
      expect(read(reply(code))).toEqual(action);
    }),
    { numRuns: 500 },
  );
});

test("no text makes it throw", () => {
  const piece = fc.constantFrom(
    "do(",
    "exit(",
    '"',
    "'",
    "“",
    "```",
    "\n",
    "#",
    "\\",
    "\\u12",
    "[",
    "{",
    ":",
    ",",
    "=",
    ")",
    "action=",
    "5",
    "Click",
    "None",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, anyText)), (pieces) => {
      expect(typeof androidGenCode.parse(pieces.join("")).ok).toBe("boolean");
    }),
    { numRuns: 500 },
  );
});
