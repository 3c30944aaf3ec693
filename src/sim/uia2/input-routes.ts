import { touchScreen } from "../ui/finger.ts";
import { heldKeys, KEY } from "../ui/keycodes.ts";
import { readActions, type InputEvent } from "./actions.ts";
import { optionalNumber, requiredNumber, type Call, type Routes } from "./context.ts";
import { Uia2Error } from "./errors.ts";
import { isModifier, keyCodeOf } from "./keys.ts";
import { spend, wait } from "./screen.ts";

export const inputRoutes: Routes = {
  "POST /session/:sessionId/actions": async (call) => {
    const { events, endsAt } = readActions(call);
    await spend(call, "uia2Input");
    let now = 0;
    const held = new Set<number>();
    for (const event of events) {
      await wait(call, event.at - now);
      now = event.at;
      carryOut(call, event, held);
    }
    await wait(call, endsAt - now);
  },
  // DELETE of the real server's actions does not exist: the driver answers it by itself.
  "POST /session/:sessionId/back": async (call) => {
    await spend(call, "uia2Input");
    call.host.phone.windows.key(KEY.BACK);
  },
  "POST /session/:sessionId/appium/device/press_keycode": press,
  "POST /session/:sessionId/appium/device/long_press_keycode": press,
  "POST /session/:sessionId/appium/device/open_notifications": async (call) => {
    await spend(call, "uia2Input");
    call.host.phone.windows.openShade("notifications");
  },
};

function carryOut(call: Call, event: InputEvent, held: Set<number>): void {
  const { windows } = call.host.phone;
  if (event.type === "finger") {
    touchScreen(windows, event.path, event.durationMs);
    return;
  }
  const code = keyCodeOf(event.key);
  if (code !== undefined && isModifier(code)) {
    if (event.type === "keyDown") held.add(code);
    else held.delete(code);
    return;
  }
  // Android acts on the key going down; only modifiers are felt when they go up.
  if (event.type === "keyUp") return;
  if (code !== undefined) windows.key(code, [...held]);
  else typeCharacter(call, event.key, held);
}

/** Characters come from the virtual keyboard's map, which has those of a US keyboard and no others. */
function typeCharacter(call: Call, character: string, held: ReadonlySet<number>): void {
  const { windows } = call.host.phone;
  const letter = /^[a-z]$/iu.test(character) ? character.toUpperCase().charCodeAt(0) - 65 + KEY.A : undefined;
  const shortcut = [KEY.CTRL_LEFT, KEY.CTRL_RIGHT].some((key) => held.has(key));
  if (letter !== undefined && shortcut) windows.key(letter, [...held]);
  else if (/^[\t\n\u0020-\u007e]$/u.test(character)) windows.type(character);
  else
    throw new Uia2Error(
      "invalid argument",
      `KeyCharacterMap.getEvents is unable to synthesize KeyEvent sequence out of '${character.codePointAt(0)}' key code. Consider applying a patch to UiAutomator2 server code or try to synthesize the necessary key event(s) for it manually`,
    );
}

async function press(call: Call): Promise<void> {
  const code = requiredNumber(call.body, "keycode");
  const meta = optionalNumber(call.body, "metastate") ?? 0;
  await spend(call, "uia2Input");
  call.host.phone.windows.key(code, heldKeys(meta));
}
