import type { Size } from "../../action/index.ts";

/** How a family of models is asked for an action: the words of a prompt, as its codec in action/ reads them. */
export interface PictureGrammar {
  /** The form of the whole reply. */
  reply: string;
  /** What its numbers count. */
  places: (grid: Size) => string;
  /** Every action, one line each. */
  actions: string;
}

const thousandths = (): string =>
  "Places are thousandths of the picture: x from 0 at its left to 999 at its right, y from 0 at its top to 999 at its bottom.";
const pixels = ({ width, height }: Size): string =>
  `Places are pixels of the picture, which is ${width} wide and ${height} high.`;

const mobileUse = (answer: boolean): Omit<PictureGrammar, "places"> => ({
  reply: `\
Thought: one sentence on what you see and what you will do
<tool_call>
{"name": "mobile_use", "arguments": {"action": ...}}
</tool_call>`,
  actions: [
    '{"action": "click", "coordinate": [x, y]}',
    '{"action": "long_press", "coordinate": [x, y], "time": 1}',
    '{"action": "swipe", "coordinate": [x, y], "coordinate2": [x2, y2]}   the finger goes from the first to the second',
    '{"action": "type", "text": "..."}   replaces the text of the field that has the focus',
    '{"action": "system_button", "button": "Back"}   or "Home", "Menu" for the recent apps, "Enter"',
    '{"action": "open", "text": "name of an app"}',
    '{"action": "wait", "time": 2}',
    ...(answer
      ? ['{"action": "answer", "text": "..."}   tells the person what they asked for, and goes on']
      : []),
    '{"action": "terminate", "status": "success"}   or "failure"; where the goal asks a question, "text" holds the bare answer',
  ].join("\n"),
});

const boxes = (reply: string): PictureGrammar => ({
  reply,
  places: () => `box_2d is [[left, top, right, bottom]] around the place. ${thousandths()}`,
  actions: `\
{"action_type": "click", "box_2d": [[l, t, r, b]]}
{"action_type": "long_press", "box_2d": [[l, t, r, b]]}
{"action_type": "input_text", "text": "...", "box_2d": [[l, t, r, b]], "override": true}   replaces the text of that field
{"action_type": "swipe", "direction": "up", "box_2d": [[l, t, r, b]]}   where the finger goes; box_2d may be left out
{"action_type": "keyboard_enter"}
{"action_type": "navigate_back"}
{"action_type": "navigate_home"}
{"action_type": "open_app", "app_name": "..."}
{"action_type": "wait"}
{"action_type": "answer", "text": "..."}   tells the person what they asked for; then end with status
{"action_type": "status", "goal_status": "complete"}   or "infeasible"`,
});

/** By the name of the codec. */
export const pictureGrammars: Readonly<Record<string, PictureGrammar>> = {
  "qwen2.5-vl": { ...mobileUse(false), places: pixels },
  "qwen3-vl": { ...mobileUse(true), places: thousandths },
  "ui-tars": {
    reply: `\
Thought: one sentence on what you see and what you will do
Action: one call`,
    places: pixels,
    actions: `\
click(start_box='<|box_start|>(x,y)<|box_end|>')
long_press(start_box='<|box_start|>(x,y)<|box_end|>')
type(content='...')   replaces the text of the field that has the focus; content='\\n' alone presses Enter
scroll(start_box='<|box_start|>(x,y)<|box_end|>', direction='down')   where the view moves: up, down, left or right
drag(start_box='<|box_start|>(x,y)<|box_end|>', end_box='<|box_start|>(x,y)<|box_end|>')
open_app(app_name='...')
press_home()
press_back()
wait()
finished(content='...')   ends the task; where the goal asks a question, content is the bare answer
call_user()   ends a task that cannot be done`,
  },
  "glm-4.1v": boxes(`\
<think>your thoughts</think><answer>Memory: what to remember, or None
Reason: one sentence on this action
Action: <|begin_of_box|>{"action_type": ...}<|end_of_box|></answer>`),
  "glm-4.5v": boxes(`\
Memory: what to remember, or None
Reason: one sentence on this action
Action: <|begin_of_box|>{"action_type": ...}<|end_of_box|>`),
  "open-autoglm": {
    reply:
      "<think>one sentence on what you see and what you will do</think>\n<answer>one line of code</answer>",
    places: thousandths,
    actions: `\
do(action="Tap", element=[x,y])
do(action="Long Press", element=[x,y])
do(action="Double Tap", element=[x,y])
do(action="Type", text="...")   replaces the text of the field that has the focus
do(action="Swipe", start=[x,y], end=[x,y])   the finger goes from start to end
do(action="Launch", app="...")
do(action="Back")
do(action="Home")
do(action="Wait", duration="2 seconds")
do(action="Note", message="...")   notes something you will need in a later round
finish(message="...")   ends the task; where the goal asks a question, message is the bare answer`,
  },
};
