import type { Action, Direction } from "../../action/index.ts";

/** Said to the person with the first screen, and when a line cannot be read. */
export const shortFormsHelp = `\
tap 5 | double 5 | hold 5        the number stands in front of an element
text 7 hello                     puts "hello" into element 7, in place of what it holds
scroll down [5] | swipe left [5] the view moves down; the finger moves left
enter | back | home | recents | wait
open Clock                       one of the apps
note ... | answer ...            notes something; answers the goal's question and goes on
done [message] | stuck [reason]  ends the task: it is done; it cannot be done
Or a line of AndroidGen code, such as do(action="Click", element_id="5").`;

interface ShortForm {
  /** Of the whole line, without blanks around it. */
  form: RegExp;
  action: (rest: string[]) => Action;
}

const direction = "(up|down|left|right)";

const shortForms: readonly ShortForm[] = [
  { form: /^(?:tap|click)\s+(\d+)$/iu, action: ([n]) => ({ type: "tap", target: element(n) }) },
  { form: /^double\s+(\d+)$/iu, action: ([n]) => ({ type: "doubleTap", target: element(n) }) },
  { form: /^(?:hold|long)\s+(\d+)$/iu, action: ([n]) => ({ type: "longPress", target: element(n) }) },
  {
    form: /^text\s+(\d+)\s(.+)$/iu,
    action: ([n, text]) => ({ type: "inputText", text: text!, target: element(n) }),
  },
  {
    form: new RegExp(`^(scroll|swipe)\\s+${direction}(?:\\s+(\\d+))?$`, "iu"),
    action: ([verb, way, n]) => ({
      type: verb!.toLowerCase() as "scroll" | "swipe",
      direction: way!.toLowerCase() as Direction,
      ...(n === undefined ? {} : { target: element(n) }),
    }),
  },
  {
    form: /^(enter|back|home|recents)$/iu,
    action: ([key]) => ({ type: "press", key: key!.toLowerCase() as "enter" }),
  },
  { form: /^wait$/iu, action: () => ({ type: "wait", ms: 1000 }) },
  { form: /^open\s+(.+)$/iu, action: ([app]) => ({ type: "openApp", app: app! }) },
  { form: /^note\s+(.+)$/iu, action: ([content]) => ({ type: "quote", content: content! }) },
  { form: /^answer\s+(.+)$/iu, action: ([text]) => ({ type: "answer", text: text! }) },
  {
    form: /^done(?:\s+(.+))?$/iu,
    action: ([message = ""]) => ({ type: "finish", status: "complete", message }),
  },
  {
    form: /^stuck(?:\s+(.+))?$/iu,
    action: ([message = ""]) => ({ type: "finish", status: "infeasible", message }),
  },
];

/** The action of a line in one of the short forms; undefined where it is in none. */
export function readShortForm(line: string): Action | undefined {
  for (const { form, action } of shortForms) {
    const match = form.exec(line.trim());
    if (match) return action(match.slice(1));
  }
  return undefined;
}

function element(digits: string | undefined): { kind: "element"; index: number } {
  return { kind: "element", index: Number(digits) };
}
