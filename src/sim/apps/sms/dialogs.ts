import { alertDialog, type WindowContent } from "../../ui/index.ts";

/** The question whether to delete, in the words of the Simple apps. */
export function deleteDialog(count: number, noun: string, close: () => void, remove: () => void): Overlay {
  const what = count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      message: `Are you sure you want to delete ${what}?`,
      negative: { text: "No", onTap: close },
      positive: {
        text: "Yes",
        onTap: () => {
          remove();
          close();
        },
      },
    }),
  };
}

export type Overlay = NonNullable<WindowContent["overlay"]>;
