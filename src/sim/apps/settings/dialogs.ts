import { alertDialog, column, radio, slider, text, textField, type WindowContent } from "../../ui/index.ts";
import type { Preference, SettingsContext } from "./preference.ts";

type Overlay = NonNullable<WindowContent["overlay"]>;

/** The dialog or sheet of the preference that is open. */
export function preferenceDialog(
  context: SettingsContext,
  preferences: readonly Preference[],
): Overlay | undefined {
  const open = context.state.dialog;
  const preference = preferences.find((candidate) => candidate.title === open?.title);
  if (open === undefined || preference === undefined) return undefined;
  const close = (): void => {
    context.state.dialog = undefined;
    context.hideKeyboard();
  };
  const dialog = (view: Overlay["view"]): Overlay => ({ look: "dialog", view, onDismiss: close });
  if (preference.kind === "sheet") return { look: "sheet", view: sliderSheet(preference), onDismiss: close };
  if (preference.kind === "choice") return dialog(choiceDialog(preference, close));
  if (preference.kind === "text") return dialog(textDialog(preference, open, close));
  if (preference.kind === "confirm") return dialog(confirmDialog(preference, close));
  return undefined;
}

function confirmDialog(
  preference: Extract<Preference, { kind: "confirm" }>,
  close: () => void,
): Overlay["view"] {
  return alertDialog({
    title: preference.question,
    message: preference.message,
    positive: {
      text: "OK",
      onTap: () => {
        preference.onConfirm();
        close();
      },
    },
    negative: { text: "Cancel", onTap: close },
  });
}

/** SystemUI's brightness dialog. */
function sliderSheet(preference: Extract<Preference, { kind: "sheet" }>): Overlay["view"] {
  return column(
    [
      text(preference.title, { id: "title", size: 16 }),
      slider({
        id: "com.android.systemui:id/slider",
        desc: `Display ${preference.title.toLowerCase()}`,
        min: preference.min,
        max: preference.max,
        value: preference.value,
        onChange: preference.onChange,
        style: { height: 48 },
      }),
    ],
    { style: { padding: 24, gap: 12 } },
  );
}

function choiceDialog(
  preference: Extract<Preference, { kind: "choice" }>,
  close: () => void,
): Overlay["view"] {
  return alertDialog({
    title: preference.title,
    body: preference.options.map(({ value, label }) =>
      radio({
        id: "android:id/text1",
        className: "android.widget.CheckedTextView",
        text: label,
        checked: value === preference.value,
        onToggle: () => {
          preference.onChange(value);
          close();
        },
        style: { minHeight: 48 },
      }),
    ),
    negative: { text: "Cancel", onTap: close },
  });
}

function textDialog(
  preference: Extract<Preference, { kind: "text" }>,
  open: { text: string },
  close: () => void,
): Overlay["view"] {
  const ready = open.text.trim() !== "";
  const save = (): void => {
    if (!ready) return;
    preference.onChange(open.text.trim());
    close();
  };
  return alertDialog({
    title: preference.title,
    body: [
      textField({
        id: "android:id/edit",
        value: open.text,
        autoFocus: true,
        onChange: (typed) => {
          open.text = typed;
        },
        onSubmit: save,
      }),
    ],
    positive: { text: "OK", onTap: save, enabled: ready },
    negative: { text: "Cancel", onTap: close },
  });
}
