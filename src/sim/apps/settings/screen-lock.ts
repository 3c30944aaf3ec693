/** Security > Screen lock > PIN: the secure screens of Settings, which no picture shows. */
import { appBar, button, column, row, spacer, text, textField, type WindowContent } from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import type { SimSettings } from "../../system/services.ts";
import { settingsPackage } from "./open.ts";
import type { Preference, SettingsContext } from "./preference.ts";

export const chooseLockPage = "com.android.settings.password.ChooseLockGeneric$ChooseLockGenericFragment";
export const choosePinActivity = ".password.ChooseLockPassword";

/** PASSWORD_QUALITY_NUMERIC, and none. */
const numeric = "131072";
const none = "0";
const typeKey = "lockscreen.password_type";
/** As LockPatternUtils.MIN_LOCK_PASSWORD_SIZE and the usual greatest length. */
const shortest = 4;
const longest = 16;

export function lockName(settings: SimSettings): string {
  return settings.get("secure", typeKey) === numeric ? "PIN" : "Swipe";
}

/** The ways to lock the screen that can be chosen. */
export function lockChoices(context: SettingsContext): Preference[] {
  return [
    {
      kind: "action",
      title: "Swipe",
      summary: "No security",
      onTap: () => {
        context.settings.put("secure", typeKey, none);
        context.finish();
      },
    },
    {
      kind: "action",
      title: "PIN",
      summary: "Medium to high security",
      onTap: () => {
        context.startActivity({ component: `${settingsPackage}/${choosePinActivity}` });
      },
    },
  ];
}

interface PinState {
  typed: string;
  /** What was typed at first, while it is asked for once more. */
  first?: string;
  wrong: boolean;
}

/** Sets a PIN by typing it twice. Its window is secure, as that of Android's ChooseLockPassword. */
export const choosePin = activity<PinState>({
  create: () => ({ typed: "", wrong: false }),
  view: pinScreen,
});

function pinScreen(context: ActivityContext<PinState>): WindowContent {
  const { state } = context;
  const again = state.first !== undefined;
  const next = (): void => takePin(context);
  const message = state.wrong ? "PINs don't match" : again ? "" : `PIN must be at least ${shortest} digits`;
  return {
    secure: true,
    root: column(
      [
        appBar({ onUp: () => context.finish() }),
        text(again ? "Re-enter your PIN" : "Set a PIN", {
          id: "suc_layout_title",
          size: 32,
          heading: true,
          style: { marginHorizontal: 24, marginVertical: 16 },
        }),
        textField({
          id: "password_entry",
          value: state.typed,
          password: true,
          inputType: "number",
          maxLength: longest,
          autoFocus: true,
          style: { marginHorizontal: 24 },
          onChange: (typed) => {
            state.typed = typed;
            state.wrong = false;
          },
          onSubmit: next,
        }),
        text(message, { id: "description_text", style: { marginHorizontal: 24, marginVertical: 8 } }),
        spacer(),
        row(
          [
            button(again ? "Clear" : "Cancel", () => (again ? (state.typed = "") : context.finish()), {
              id: "skip_button",
              look: "text",
            }),
            spacer(),
            button(again ? "Confirm" : "Next", next, {
              id: "next_button",
              enabled: state.typed.length >= shortest,
            }),
          ],
          { style: { padding: 24 } },
        ),
      ],
      { style: { grow: 1 } },
    ),
  };
}

function takePin(context: ActivityContext<PinState>): void {
  const { state, settings } = context;
  const { typed, first } = state;
  if (typed.length < shortest) return;
  state.typed = "";
  if (first === undefined) state.first = typed;
  else if (first === typed) {
    settings.put("secure", typeKey, numeric);
    context.finish();
  } else state.wrong = true;
}
