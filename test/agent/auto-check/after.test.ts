import { describe, expect, test } from "@jest/globals";
import type { Action, Direction } from "../../../src/action/index.ts";
import { createAutoCheck } from "../../../src/agent/auto-check/auto-check.ts";
import type { Element, Screen } from "../../../src/screen/index.ts";
import { element, pastStep, screenOf } from "../support.ts";

const on = (index: number) => ({ kind: "element", index }) as const;

function found(action: Action, before: Screen, after: Screen, packages?: Record<string, string>) {
  const history = [pastStep(1, { action, screen: before })];
  return createAutoCheck().after({ screen: after, history, ...(packages && { packages }) });
}

const whole = { left: 0, top: 0, right: 1080, bottom: 2400 };
const button = element(0, { className: "android.widget.Button", text: "Save", clickable: true });
const list = element(1, {
  className: "androidx.recyclerview.widget.RecyclerView",
  scrollable: true,
  bounds: whole,
});
const page = screenOf([button, list]);
const other = screenOf([element(0, { text: "Saved" })]);

describe("screen-changed", () => {
  test.each<[string, Action]>([
    ["a tap", { type: "tap", target: on(0) }],
    ["a tap at a point on a button", { type: "tap", target: { kind: "point", x: 500, y: 50 } }],
    ["a double tap", { type: "doubleTap", target: on(0) }],
    ["a long press", { type: "longPress", target: on(0) }],
    ["a scroll", { type: "scroll", direction: "down" }],
    ["a scroll of a row", { type: "scroll", direction: "down", target: on(0) }],
    ["a swipe over a list", { type: "swipe", direction: "up", target: on(1) }],
    ["a key", { type: "press", key: "back" }],
  ])("finds that %s changed nothing", (_what, action) => {
    expect(found(action, page, page)).toMatchObject({ rule: "screen-changed" });
    expect(found(action, page, other)).toBeUndefined();
  });

  test("names what was touched, and which way a list does not go on", () => {
    expect(found({ type: "tap", target: on(0) }, page, page)!.reason).toContain('0 (Button "Save")');
    const scroll = (type: "scroll" | "swipe", direction: Direction) =>
      found({ type, direction, target: on(1) }, page, page)!.reason;
    expect(scroll("scroll", "down")).toContain("1 (RecyclerView) does not go on down");
    expect(scroll("swipe", "up")).toContain("1 (RecyclerView) does not go on down");
  });

  test.each<[string, Action]>([
    ["a wait", { type: "wait", ms: 1000 }],
    ["a note", { type: "quote", content: "7" }],
    ["an answer", { type: "answer", text: "7" }],
    ["HOME, where the agent may have been", { type: "press", key: "home" }],
    ["a call of an app interface", { type: "callApi", name: "clock.set-alarm", args: {} }],
  ])("expects nothing of %s", (_what, action) => {
    expect(found(action, page, page)).toBeUndefined();
  });

  test("says nothing of what need not show in the list of elements", () => {
    expect(found({ type: "swipe", direction: "up", target: on(1), to: on(0) }, page, page)).toBeUndefined();
    const canvas = screenOf([element(0, { className: "android.view.View", bounds: whole })]);
    expect(found({ type: "swipe", direction: "right" }, canvas, canvas)).toBeUndefined();
    expect(found({ type: "tap", target: { kind: "point", x: 5, y: 500 } }, canvas, canvas)).toBeUndefined();
    const field = screenOf([element(0, { editable: true, focused: true })]);
    expect(found({ type: "tap", target: on(0) }, field, field)).toBeUndefined();
    const picture = screenOf([]);
    expect(found({ type: "press", key: "back" }, picture, picture)).toBeUndefined();
  });

  test("reads sliders by their value, and says nothing where the driver tells none", () => {
    const at = (value?: string) =>
      screenOf([element(0, { className: "android.widget.SeekBar", ...(value && { value }) })], {
        fingerprint: "volume",
      });
    const drag: Action = { type: "swipe", direction: "right", target: on(0) };
    expect(found(drag, at("10.0"), at("20.0"))).toBeUndefined();
    expect(found(drag, at("20.0"), at("20.0"))!.reason).toContain("still stands at 20.0");
    expect(found(drag, at(), at())).toBeUndefined();
    expect(found({ type: "tap", target: on(0) }, at(), at())).toBeUndefined();
  });

  test("a keyboard that goes away is a change", () => {
    const withKeyboard = screenOf(page.elements, { keyboardShown: true });
    expect(found({ type: "press", key: "back" }, withKeyboard, page)).toBeUndefined();
  });

  test("says nothing of what was refused, or at the first step", () => {
    const refused = pastStep(1, { screen: page, refusal: { rule: "device", reason: "moved on" } });
    const check = createAutoCheck();
    expect(check.after({ screen: page, history: [refused] })).toBeUndefined();
    expect(check.after({ screen: page, history: [] })).toBeUndefined();
  });

  test("can be left out", () => {
    const history = [pastStep(1, { action: { type: "tap", target: on(0) }, screen: page })];
    expect(createAutoCheck(["screen-changed"]).after({ screen: page, history })).toBeUndefined();
  });
});

describe("text-in-field", () => {
  const form = (fields: Partial<Element>[], rest: Partial<Screen> = {}) =>
    screenOf(
      fields.map((one, i) =>
        element(i, {
          className: "android.widget.EditText",
          editable: true,
          resourceId: "a:id/field",
          ...one,
        }),
      ),
      rest,
    );
  const typed = (text: string, before: Partial<Element>, after: Partial<Element>) =>
    found({ type: "inputText", text, target: on(0) }, form([before]), form([after]));

  test.each<[string, string, Partial<Element>]>([
    ["as it is", "Ada", { text: "Ada" }],
    ["a phone number with brackets", "5551234567", { text: "(555) 123-4567" }],
    ["a phone number with its country", "+48123456789", { text: "+48 123 456 789" }],
    ["an amount with separators", "1234567", { text: "1,234,567" }],
    ["an amount with its currency", "12.5", { text: "$12.50" }],
    ["a time", "0730", { text: "07:30" }],
    ["capital letters", "ada", { text: "Ada" }],
    ["an ending that the field adds", "notes", { text: "notes.md" }],
    ["a name without spaces around it", " Ada ", { text: "Ada" }],
    ["a password as dots", "s3cret", { text: "••••••", password: true }],
    ["a password of hidden length", "s3cret", { text: "", password: true }],
    ["several lines in one", "a\nb", { text: "ab" }],
    ["a line that was sent off", "hello\n", { text: "" }],
  ])("takes %s for the text", (_what, text, after) => {
    expect(typed(text, { password: after.password ?? false }, after)).toBeUndefined();
  });

  test.each<[string, string, Partial<Element>, Partial<Element>]>([
    ["an empty field", "Ada", {}, { text: "" }],
    ["another text", "Ada", {}, { text: "Bob" }],
    ["a text cut short", "groceries", {}, { text: "grocer" }],
    ["another number", "1234", {}, { text: "1,243" }],
    ["another count of pears", "5 pears", {}, { text: "5 apples" }],
    ["the old text before it", "Ada", { text: "Bob" }, { text: "BobAda" }],
    ["the old text behind it", "Ada", { text: "Bob" }, { text: "AdaBob" }],
    ["a password of another length", "s3cret", { password: true }, { text: "•••", password: true }],
  ])("finds %s", (_what, text, before, after) => {
    expect(typed(text, before, after)).toMatchObject({ rule: "text-in-field" });
  });

  test("tells nothing of a password", () => {
    const reason = typed("s3cret", { password: true }, { text: "•••", password: true })!.reason;
    expect(reason).not.toContain("•");
  });

  test("looks at the field that was meant, among those alike", () => {
    const action: Action = { type: "inputText", text: "Ada", target: on(1) };
    const wrong = found(action, form([{}, {}]), form([{ text: "Ada" }, {}]));
    expect(wrong).toMatchObject({ rule: "text-in-field" });
    expect(found(action, form([{}, {}]), form([{}, { text: "Ada" }]))).toBeUndefined();
    const focused: Action = { type: "inputText", text: "Ada" };
    expect(found(focused, form([{}, { focused: true }]), form([{ text: "Ada" }, {}]))).toMatchObject({
      rule: "text-in-field",
    });
  });

  test("says nothing where the field is gone", () => {
    const action: Action = { type: "inputText", text: "Ada", target: on(0) };
    expect(found(action, form([{}]), other)).toBeUndefined();
    expect(found(action, form([{}]), form([{}, {}]))).toBeUndefined();
    expect(found(action, form([{}]), form([{}], { activity: ".Results" }))).toBeUndefined();
  });
});

describe("app-in-front", () => {
  const home = screenOf([button], { package: "com.google.android.apps.nexuslauncher" });
  const clock = screenOf([element(0, { text: "Alarm" })], { package: "com.google.android.deskclock" });
  const settings = screenOf([element(0, { text: "Settings" })]);
  const ask = screenOf([element(0, { text: "Allow?" })], { package: "com.android.permissioncontroller" });
  const open: Action = { type: "openApp", app: "Clock" };
  const packages = { Clock: "com.google.android.deskclock", Settings: "com.android.settings" };

  test.each<[string, Screen, Screen]>([
    ["the home screen still there", home, home],
    ["the home screen come up", settings, home],
    ["the app before still there", settings, settings],
  ])("finds %s", (_what, before, after) => {
    const finding = found(open, before, after, packages);
    expect(finding).toMatchObject({ rule: "app-in-front" });
    expect(finding!.reason).toContain(`Clock is not in front: the screen is that of ${after.package}`);
  });

  test("is content with the app, and with what comes before it", () => {
    expect(found(open, home, clock, packages)).toBeUndefined();
    expect(found(open, clock, clock, packages)).toBeUndefined();
    expect(found({ ...open, app: " clock" }, clock, clock, packages)).toBeUndefined();
    expect(found(open, home, ask, packages)).toBeUndefined();
  });

  test("goes by names and by what changed where packages are not known", () => {
    expect(found(open, home, clock)).toBeUndefined();
    expect(found(open, clock, clock)).toBeUndefined();
    expect(found(open, settings, settings)).toMatchObject({ rule: "app-in-front" });
    expect(found({ type: "openApp", app: "Notes" }, settings, ask)).toBeUndefined();
    expect(found({ type: "openApp", app: "Notes" }, settings, screenOf([], { package: "" }))).toBeUndefined();
  });
});
