import { describe, expect, test } from "@jest/globals";
import { type Action, codecNamed } from "../../../src/action/index.ts";

/** A phone whose picture Qwen2.5-VL and UI-TARS see as 1092 × 2408. */
const screen = {
  width: 1080,
  height: 2400,
  elements: [{ index: 0, bounds: { left: 100, top: 200, right: 500, bottom: 300 }, focused: true }],
};

function read(codec: string, text: string): Action | string {
  const parsed = codecNamed(codec).parse(text, screen);
  return parsed.ok ? parsed.action : parsed.reason;
}

const at = (x: number, y: number): { kind: "point"; x: number; y: number } => ({ kind: "point", x, y });
const tap = (x: number, y: number): Action => ({ type: "tap", target: at(x, y) });
const tap5: Action = { type: "tap", target: { kind: "element", index: 5 } };

describe("androidworld-json", () => {
  test.each<[string, Action]>([
    ['Reason: The clock is there.\nAction: {"action_type": "click", "index": 5}', tap5],
    ['Action: {"action_type": "click", "index": 5}\n\nThis opens the clock.', tap5],
    ['Reason: x\nAction:\n```json\n{"action_type":"click","index":"5"}\n```', tap5],
    ["Action: {'action_type': 'Click', 'index': 5,}", tap5],
    ["Action: {“action_type”： “click”， “index”： 5}", tap5],
    ["Action: ｛action_type: click, index: 5.0｝ // the clock", tap5],
    ['**Action**: {{"action_type": "tap", "index": 5}}', tap5],
    ['{"Reason": "it is", "Action": {"action_type": "click", "index": 5}}', tap5],
    ['<think>{"action_type": "wait"}</think>Action: {"action_type": "click", "index": 5}', tap5],
    ['It shows {"index": 1}. Action: {"action_type": "click", "index": 5}', tap5],
    ['Action: {"action_type": "click", "index": 5}\n{"index": 5, "action_type": "click"}', tap5],
    ['{"action_type": "click", "x": 540.4, "y": "1200"}', tap(540, 1200)],
    ['{"action_type": "click", "x": 0.5, "y": 0.25}', tap(540, 600)],
    [
      '{"action_type": "Input_text", "text": "it\'s", "index": 0}',
      { type: "inputText", text: "it's", target: { kind: "element", index: 0 } },
    ],
    ['{"action_type": "input_text", "text": 42, "index": null}', { type: "inputText", text: "42" }],
    ['{"action_type": "scroll", "direction": "down"}', { type: "scroll", direction: "down" }],
    ['{"action_type": "swipe", "direction": "up"}', { type: "swipe", direction: "up" }],
    ['{"action_type": "swipe", "direction": "left"}', { type: "swipe", direction: "right" }],
    ['{"action_type": "open_app", "app_name": "Clock"}', { type: "openApp", app: "Clock" }],
    ['{"action_type": "answer", "text": "7 \\/ 2"}', { type: "answer", text: "7 / 2" }],
    [
      '{"action_type": "status", "goal_status": "infeasible"}',
      { type: "finish", status: "infeasible", message: "" },
    ],
    ['{"action_type": "keyboard enter"}', { type: "press", key: "enter" }],
  ])("%s", (text, action) => expect(read("androidworld-json", text)).toEqual(action));

  test.each([
    ["I cannot help with that.", "no action of the form"],
    ["", "empty"],
    ['Action: {"action_type": "click"', "not closed"],
    ['{"action_type": "click"}', "click needs index"],
    ['{"action_type": "click", "index": 5, "x": 1, "y": 2}', "not both"],
    ['{"action_type": "click", "x": 2000, "y": 5}', "x goes from 0 to 1079"],
    ['{"action_type": "click", "index": "save"}', "number of an element"],
    ['{"action_type": "fling"}', "there are click"],
    ['{"action_type": "scroll", "direction": "north"}', "direction"],
    ['{"action_type": "status"}', "goal_status"],
    ['{"action_type": "wait"} {"action_type": "navigate_back"}', "more than one action"],
  ])("%j is refused", (text, reason) => {
    expect(read("androidworld-json", text)).toEqual(expect.stringContaining(reason));
  });
});

const call = (args: string): string =>
  `<tool_call>\n{"name": "mobile_use", "arguments": ${args}}\n</tool_call>`;

describe("qwen-vl", () => {
  test.each<[string, Action]>([
    [call('{"action": "click", "coordinate": [447, 81]}'), tap(483, 195)],
    [
      `Thought: Search.\nAction: "I tapped it."\n${call('{"action": "click", "coordinate": [447, 81]}')}`,
      tap(483, 195),
    ],
    ['<tool_call>{"name":"mobile_use","arguments":{"action":"click","coordinate":[447,81]}}', tap(483, 195)],
    [call('"{\\"action\\": \\"click\\", \\"coordinate\\": [447, 81]}"'), tap(483, 195)],
    ['{"action": "click", "coordinate": ["447", "81"]}', tap(483, 195)],
    ['{"name": "click", "arguments": {"coordinate": "(447, 81)"}}', tap(483, 195)],
    [call('{"action": "click", "coordinate": [400, 60, 494, 102]}'), tap(483, 195)],
    [call('{"action": "click", "coordinate": {"x": 447, "y": 81}}'), tap(483, 195)],
    [
      call('{"action": "left_click", "action": "type", "text": "a\\nb"}'),
      { type: "inputText", text: "a\nb" },
    ],
    [call('{"action": "system_button", "button": "Menu"}'), { type: "press", key: "recents" }],
    [call('{"action": "key", "text": "KEYCODE_BACK"}'), { type: "press", key: "back" }],
    [call('{"action": "wait", "time": 3}'), { type: "wait", ms: 3000 }],
    [call('{"action": "wait"}'), { type: "wait", ms: 2000 }],
    [call('{"action": "answer", "text": "7"}'), { type: "answer", text: "7" }],
    [call('{"action": "open", "text": "Clock"}'), { type: "openApp", app: "Clock" }],
    [
      call('{"action": "terminate", "status": "failure"}'),
      { type: "finish", status: "infeasible", message: "" },
    ],
    [
      call('{"action": "swipe", "coordinate": [500, 800], "coordinate2": [510, 200]}'),
      { type: "swipe", direction: "up", target: at(541, 1922), to: at(551, 480) },
    ],
  ])("3: %s", (text, action) => expect(read("qwen3-vl", text)).toEqual(action));

  test("2.5 counts the pixels of the resized picture", () => {
    const text = call('{"action": "long_press", "coordinate": [1091, 1204], "time": 2}');
    expect(read("qwen2.5-vl", text)).toEqual({ type: "longPress", target: at(1079, 1200) });
    expect(codecNamed("qwen2.5-vl").grid(screen)).toEqual({ width: 1092, height: 2408 });
  });

  test.each([
    ["The task is unsafe, I refuse.", "mobile_use"],
    [call('{"action": "click"}'), "click needs coordinate"],
    [call('{"action": "click", "coordinate": [1200, 81]}'), "x goes from 0 to 999"],
    [call('{"action": "click", "coordinate": ["left", "top"]}'), "two numbers"],
    [call('{"action": "key", "text": "volume_up"}'), "can press Back"],
    [call('{"action": "terminate"}'), "status"],
    [call('{"action": "pinch"}'), "there are key"],
    [`${call('{"action": "wait"}')}\n${call('{"action": "open", "text": "A"}')}`, "more than one action"],
  ])("%j is refused", (text, reason) => {
    expect(read("qwen3-vl", text)).toEqual(expect.stringContaining(reason));
  });
});

describe("ui-tars", () => {
  test.each<[string, Action]>([
    ["Thought: Open it.\nAction: click(start_box='<|box_start|>(546,1204)<|box_end|>')", tap(540, 1200)],
    ["Thought: Open it.\nAction: click(start_box='(546,1204)')", tap(540, 1200)],
    ["Action: click(point='<point>546 1204</point>')", tap(540, 1200)],
    ["Action: click(start_box='[526, 1184, 566, 1224]')", tap(540, 1200)],
    ["Action：click（start_box=‘（546，1204）’）", tap(540, 1200)],
    ["Thought: I will click(x).\nAction:\n```\nclick(start_box=(546,1204))\n```", tap(540, 1200)],
    ["Action: type(content='It's 5\\n')", { type: "inputText", text: "It's 5\n" }],
    ["Action: type(content='\\n')", { type: "press", key: "enter" }],
    [
      "Action: scroll(start_box='(546,1204)', direction='down')",
      { type: "scroll", direction: "down", target: at(540, 1200) },
    ],
    [
      "Action: drag(start_point='<point>100 1204</point>', end_point='<point>900 1204</point>')",
      { type: "swipe", direction: "right", target: at(99, 1200), to: at(890, 1200) },
    ],
    [
      "Action: scroll(start_box='(546,1204)', end_box='(546,602)')",
      { type: "swipe", direction: "up", target: at(540, 1200), to: at(540, 600) },
    ],
    ["Action: press_home()", { type: "press", key: "home" }],
    ["Action: open_app(app_name='Clock')", { type: "openApp", app: "Clock" }],
    ["Action: wait()", { type: "wait", ms: 5000 }],
    ["Action: finished(content='all done')", { type: "finish", status: "complete", message: "all done" }],
    ["Action: call_user()", { type: "finish", status: "infeasible", message: "" }],
  ])("%s", (text, action) => expect(read("ui-tars", text)).toEqual(action));

  test.each([
    ["Thought: There is nothing to do.", "no call of click()"],
    ["Action: click()", "click needs start_box"],
    ["Action: click(start_box='(2000,5)')", "x goes from 0 to 1091"],
    ["Action: click(start_box='(546,12", "not closed"],
    ["Action: scroll(start_box='(1,1)')", "direction"],
    ["Action: drag(start_box='(1,1)')", "end_box"],
    ["Action: click(start_box='(1,1)')\n\nAction: press_back()\nclick(start_box='(2,2)')", "more than one"],
  ])("%j is refused", (text, reason) => {
    expect(read("ui-tars", text)).toEqual(expect.stringContaining(reason));
  });
});

describe("glm", () => {
  const answer = (json: string): string =>
    `Memory: None\nReason: It is "there".\nAction: <|begin_of_box|>${json}<|end_of_box|>`;

  test.each<[string, Action]>([
    [answer('{"action_type": "click", "box_2d": [[450,480,550,520]]}'), tap(540, 1200)],
    [
      `<think>Or {"action_type": "wait"}?</think><answer>${answer('{"action_type": "click", "box_2d": [[450,480,550,520]]}')}</answer>`,
      tap(540, 1200),
    ],
    ["Action: {'action_type': 'click', 'box_2d': [[0450,480,550,520]]}", tap(540, 1200)],
    [answer('{"action_type": "click", "box_2d": [500, 500]}'), tap(540, 1200)],
    [
      answer("{'action_type': 'input_text', 'text': 'a', 'box_2d': [[450,480,550,520]], 'override': True}"),
      { type: "inputText", text: "a", target: at(540, 1200) },
    ],
    [answer('{"action_type": "swipe", "direction": "up"}'), { type: "swipe", direction: "up" }],
    [
      answer('{"action_type": "swipe", "direction": "left", "box_2d": []}'),
      { type: "swipe", direction: "left" },
    ],
    [answer('{"action_type": "open_app", "app_name": "Broccoli"}'), { type: "openApp", app: "Broccoli" }],
  ])("%s", (text, action) => {
    expect(read("glm-4.5v", text)).toEqual(action);
    expect(read("glm-4.1v", text)).toEqual(action);
  });

  test("what is remembered stays with the reason", () => {
    const glm = codecNamed("glm-4.5v");
    const memory = "Memory: The code is 7.\nReason: It was asked for.";
    const parsed = glm.parse(`${memory}\nAction: {"action_type": "wait"}`, screen);
    expect(parsed).toMatchObject({ ok: true, thought: memory });
    expect(glm.formatReply({ thought: memory, action: { type: "wait", ms: 1000 } }, screen)).toBe(
      `<think></think>\n${memory}\nAction: <|begin_of_box|>{"action_type": "wait"}<|end_of_box|>`,
    );
  });

  test.each([
    [answer('{"action_type": "click"}'), "box_2d"],
    [answer('{"action_type": "click", "box_2d": [[1,2,3]]}'), "two numbers"],
    [answer('{"action_type": "click", "box_2d": [[450,480,1550,520]]}'), "0 to 999"],
  ])("%j is refused", (text, reason) => {
    expect(read("glm-4.5v", text)).toEqual(expect.stringContaining(reason));
  });
});

describe("open-autoglm", () => {
  test.each<[string, Action]>([
    ['<think>Open it.</think>\n<answer>do(action="Tap", element=[500,500])</answer>', tap(540, 1200)],
    [
      '<think>do(action="Back")?</think><answer>do(action="Tap", element=[500,500], message="pay")</answer>',
      tap(540, 1200),
    ],
    ['It is there. do(action="Tap", element=[500, 500])', tap(540, 1200)],
    ['<answer>do（action="Tap"， element=[500，500]）</answer>', tap(540, 1200)],
    ['do(action="Type_Name", text="说 "好" 吧")', { type: "inputText", text: '说 "好" 吧' }],
    [
      'do(action="Swipe", start=[500,800], end=[500,200])',
      { type: "swipe", direction: "up", target: at(540, 1920), to: at(540, 480) },
    ],
    ['do(action="Wait", duration="2 seconds")', { type: "wait", ms: 2000 }],
    ['do(action="Launch", app="微信")', { type: "openApp", app: "微信" }],
    ['do(action="Note", message="room 7")', { type: "quote", content: "room 7" }],
    [
      '<answer>finish(message="done (all)")</answer>',
      { type: "finish", status: "complete", message: "done (all)" },
    ],
  ])("%s", (text, action) => expect(read("open-autoglm", text)).toEqual(action));

  test.each([
    ["好的，我来帮你。", "no call of do()"],
    ['do(action="Tap")', "element is missing"],
    ['do(action="Tap", element=[500,1500])', "0 to 999"],
    ['do(action="Take_over", message="log in")', "nobody is there"],
    ['do(action="Call_API", instruction="sum up")', "no other model"],
    ['do(action="Note", message="True")', "words to remember"],
    ['do(action="Fly")', "there are Launch"],
  ])("%j is refused", (text, reason) => {
    expect(read("open-autoglm", text)).toEqual(expect.stringContaining(reason));
  });
});

test("each family's whole reply is written as it is trained", () => {
  const reply = {
    thought: "Open it.",
    thinking: "Long thoughts.",
    action: { type: "tap", target: { kind: "element", index: 0 } } as const,
  };
  const written = (codec: string): string => codecNamed(codec).formatReply(reply, screen);
  expect(written("androidgen-code")).toBe(
    'Open it.\nOperation:\n```\ndo(action="Click", element_id="0")\n```',
  );
  expect(written("androidworld-json")).toBe('Reason: Open it.\nAction: {"action_type": "click", "index": 0}');
  expect(written("qwen2.5-vl")).toBe(
    'Open it.\n<tool_call>\n{"name": "mobile_use", "arguments": {"action": "click", "coordinate": [303, 251]}}\n</tool_call>',
  );
  expect(written("qwen3-vl")).toBe(
    "<think>\nLong thoughts.\n</think>\n\nThought: Open it.\nAction: Click this place.\n" +
      '<tool_call>\n{"name": "mobile_use", "arguments": {"action": "click", "coordinate": [278, 104]}}\n</tool_call>',
  );
  expect(written("ui-tars")).toBe(
    "Thought: Open it.\nAction: click(start_box='<|box_start|>(303,251)<|box_end|>')",
  );
  const boxed =
    'Memory: None\nReason: Open it.\nAction: <|begin_of_box|>{"action_type": "click", "box_2d": [[93,83,463,125]]}<|end_of_box|>';
  expect(written("glm-4.1v")).toBe(`<think>Long thoughts.</think><answer>${boxed}</answer>`);
  expect(written("glm-4.5v")).toBe(`<think>Long thoughts.</think>\n${boxed}`);
  expect(written("open-autoglm")).toBe(
    '<think>Open it.</think>\n<answer>do(action="Tap", element=[278,104])</answer>',
  );
});
