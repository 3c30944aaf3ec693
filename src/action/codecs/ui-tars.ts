import type { Action } from "../action.ts";
import type { ActionCodec, CodecScreen, ParsedAction, Reply } from "../codec.ts";
import { mainDirection, type Size } from "../place/geometry.ts";
import { type Grid, pixelsOf, type PointTarget, readPlace } from "../place/grid.ts";
import { smartResize } from "../place/smart-resize.ts";
import { directions, type Fields, type Reading } from "../read/fields.ts";
import { findCode } from "../read/find-code.ts";
import { type Frame, splitThinking } from "../read/regions.ts";
import { namedArguments } from "./named-arguments.ts";
import { safely } from "./safely.ts";
import { labelled, lines, notExpressible, Places } from "./writing.ts";

const name = "ui-tars";

/**
 * UI-TARS: one call after `Thought:` and `Action:`, its points in pixels of the picture as the processor
 * of Qwen2.5-VL resizes it. Points are written as UI-TARS-1.5-7B writes them, between box tokens; those of
 * the prompts for the hosted models, `point='<point>x y</point>'`, are read too, and so are the older
 * mobile actions.
 *
 * A scroll names where the view moves, as ours does. Text goes where the focus is, and a line break at
 * its end submits it; Enter alone is such a text. The grammar cannot say that a task is infeasible;
 * `call_user()`, which asks for a person, is read so.
 *
 * Source: bytedance/UI-TARS, codes/ui_tars/prompt.py, codes/ui_tars/action_parser.py, README_v1.md,
 * README_deploy.md.
 */
export const uiTars: ActionCodec = {
  name,
  coordinates: "point",
  grid: (screen: Size): Size => gridOf(screen).span,
  parse(text: string, screen: CodecScreen): ParsedAction {
    return safely(() => {
      const found = findCode(splitThinking(text).answer, Object.keys(functions), frame);
      if (!found.ok) return found;
      const args = namedArguments(found.statement, functions);
      const action = readAction(args.name, args.fields, gridOf(screen), screen);
      if (typeof action === "string") return { ok: false, reason: `${found.code}: ${action}` };
      return { ok: true, action, thought: found.thought, code: found.code };
    });
  },
  format(action: Action, screen: CodecScreen): string {
    return formatAction(action, new Places(name, screen, gridOf(screen)));
  },
  formatReply({ thought, action }: Reply, screen: CodecScreen): string {
    return lines(labelled("Thought", thought), `Action: ${this.format(action, screen)}`);
  },
};

const frame: Frame = { label: "Action", thoughtLabel: "Thought" };

/** Functions and their parameters, in the order in which they may be given without a name. */
const functions = {
  click: ["start_box"],
  left_single: ["start_box"],
  left_double: ["start_box"],
  long_press: ["start_box", "time"],
  type: ["content"],
  scroll: ["start_box", "direction"],
  drag: ["start_box", "end_box"],
  open_app: ["app_name"],
  press_home: [],
  press_back: [],
  press_enter: [],
  wait: [],
  finished: ["content"],
  call_user: [],
} as const satisfies Record<string, readonly string[]>;

/** Its `wait()` sleeps 5 seconds. */
const waitMs = 5000;

function gridOf(screen: Size): Grid {
  return pixelsOf(smartResize(screen.width, screen.height));
}

function readAction(
  call: keyof typeof functions,
  fields: Fields,
  grid: Grid,
  screen: CodecScreen,
): Reading<Action> {
  const begin = fields.get("start_box", "point", "start_point", "start");
  const target = begin === undefined ? undefined : readPlace(begin, grid, screen);
  if (typeof target === "string") return target;
  switch (call) {
    case "click":
    case "left_single":
      return target === undefined ? needsPoint(call) : { type: "tap", target };
    case "left_double":
      return target === undefined ? needsPoint(call) : { type: "doubleTap", target };
    case "long_press":
      return target === undefined ? needsPoint(call) : { type: "longPress", target };
    case "type": {
      const text = fields.text("content", "text");
      if (text === undefined) return "type needs content";
      if (text === "\n" && target === undefined) return { type: "press", key: "enter" };
      return { type: "inputText", text, ...(target && { target }) };
    }
    case "scroll":
    case "drag":
      return readStroke(call, fields, target, grid, screen);
    case "open_app": {
      const app = fields.name("app_name", "app");
      return app === undefined ? "open_app needs app_name" : { type: "openApp", app };
    }
    case "press_home":
      return { type: "press", key: "home" };
    case "press_back":
      return { type: "press", key: "back" };
    case "press_enter":
      return { type: "press", key: "enter" };
    case "wait":
      return { type: "wait", ms: waitMs };
    case "finished":
      return { type: "finish", status: "complete", message: fields.text("content") ?? "" };
    case "call_user":
      return { type: "finish", status: "infeasible", message: fields.text("content") ?? "" };
  }
}

/** A drag, or a scroll: by its direction, or as older models write it, by two points, as a drag. */
function readStroke(
  call: "scroll" | "drag",
  fields: Fields,
  target: PointTarget | undefined,
  grid: Grid,
  screen: CodecScreen,
): Reading<Action> {
  const end = fields.get("end_box", "end_point", "end");
  if (end === undefined) {
    const { direction } = fields;
    if (call === "drag") return "drag needs start_box and end_box";
    if (direction === undefined) return `scroll needs direction, one of ${directions.join(", ")}`;
    return { type: "scroll", direction, ...(target && { target }) };
  }
  const to = readPlace(end, grid, screen);
  if (typeof to === "string") return to;
  if (target === undefined) return `${call} needs start_box`;
  return { type: "swipe", direction: mainDirection({ from: target, to }), target, to };
}

function needsPoint(call: string): string {
  return `${call} needs start_box, a point`;
}

function formatAction(action: Action, places: Places): string {
  switch (action.type) {
    case "tap":
      return `click(start_box=${boxed(places.point(action.type, action.target))})`;
    case "longPress":
      return `long_press(start_box=${boxed(places.point(action.type, action.target))})`;
    case "inputText":
      places.requireFocus(action.target);
      return `type(content=${quoted(action.text)})`;
    case "press":
      if (action.key === "recents") break;
      return action.key === "enter" ? `type(content=${quoted("\n")})` : `press_${action.key}()`;
    case "scroll": {
      const start = boxed(places.scrollPoint(action.target));
      return `scroll(start_box=${start}, direction='${action.direction}')`;
    }
    case "swipe": {
      const { from, to } = places.stroke(action);
      return `drag(start_box=${boxed(from)}, end_box=${boxed(to)})`;
    }
    case "openApp":
      return `open_app(app_name=${quoted(action.app)})`;
    case "wait":
      return "wait()";
    case "finish":
      if (action.status === "infeasible") break;
      return `finished(content=${quoted(action.message)})`;
    case "doubleTap":
    case "quote":
    case "answer":
    case "callApi":
      break;
  }
  throw notExpressible(name, action.type, "it has no words for it");
}

function boxed([x, y]: [number, number]): string {
  return `'<|box_start|>(${x},${y})<|box_end|>'`;
}

/** A Python string in single quotes, with both quotes escaped, as the prompts ask for. */
function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll("'", String.raw`\'`)}'`;
}
