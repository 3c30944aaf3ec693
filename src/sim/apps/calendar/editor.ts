import { alertDialog, appBar, column } from "../../ui/index.ts";
import type { WindowContent } from "../../ui/index.ts";
import { activity, type Activity } from "../app.ts";
import { endBefore, leaveOut, deleteDialog, scopeRadios } from "./delete-dialog.ts";
import { editorDialog } from "./editor-dialogs.ts";
import { editorForm } from "./editor-form.ts";
import { isChanged, openEditor, storedTimes, type EditorContext, type EditorState } from "./editor-state.ts";
import { newImportId, readEvent, saveEvent, TYPE_TASK } from "./storage.ts";

/** Makes or changes an event (EventActivity) or a task (TaskActivity). */
export function editor(type: number): Activity<EditorState> {
  return activity<EditorState>({
    create: (context, intent) => openEditor(context, intent, type),
    resume(context, _result, intent) {
      if (intent) context.state = openEditor(context, intent, type);
    },
    view(context) {
      const content: WindowContent = {
        root: column([toolbar(context), editorForm(context)], { style: { grow: 1 } }),
      };
      const overlay = overlayOf(context);
      if (overlay) content.overlay = overlay;
      return content;
    },
    back(context) {
      if (!isChanged(context.state)) return false;
      context.state.open = "unsaved";
      return true;
    },
  });
}

function toolbar(context: EditorContext) {
  const { state } = context;
  const noun = state.event.type === TYPE_TASK ? "Task" : "Event";
  const stored = state.event.id !== 0;
  return appBar({
    title: `${stored ? "Edit" : "New"} ${noun}`,
    onUp: () => {
      if (isChanged(state)) state.open = "unsaved";
      else context.finish();
    },
    up: { icon: "close", desc: "Back" },
    actions: [
      { icon: "check", desc: "Save", id: "save", onTap: () => save(context) },
      stored && {
        icon: "delete",
        desc: "Delete",
        id: "delete",
        onTap: () => {
          state.open = "delete";
        },
      },
      stored && {
        icon: "copy",
        desc: `Duplicate ${noun.toLowerCase()}`,
        id: "duplicate",
        onTap: () => {
          state.event = { ...state.event, id: 0, importId: "", parentId: 0, exceptions: [] };
          // A copy is new: leaving it unsaved loses it.
          state.before = "";
        },
      },
    ],
  });
}

/** Checks and stores what is in the form; for one time of a repeating event it first asks which are meant. */
function save(context: EditorContext): void {
  const { state } = context;
  const event = { ...state.event, ...storedTimes(state.event), title: state.event.title.trim() };
  state.open = "";
  if (event.title === "") {
    context.toast("Title cannot be empty");
    context.focus("event_title");
    return;
  }
  if (event.startTs > event.endTs) {
    context.toast("The event cannot end earlier than it starts");
    return;
  }
  const stored = readEvent(context, event.id);
  // It may have been deleted under the form; saving then makes it anew.
  if (!stored) event.id = 0;
  if (stored && stored.repeatInterval > 0 && event.repeatInterval > 0) {
    state.open = "update";
    return;
  }
  const noun = event.type === TYPE_TASK ? "Task" : "Event";
  saveEvent(context, event.importId === "" ? { ...event, importId: newImportId(context) } : event);
  context.toast(`${noun} ${stored ? "updated" : "added"} successfully`);
  context.finish();
}

function overlayOf(context: EditorContext): WindowContent["overlay"] {
  const { state } = context;
  const close = (): void => {
    state.open = "";
  };
  if (state.open === "delete")
    return deleteDialog(context, state, [{ id: state.event.id, startTs: state.occurrence }], close, () =>
      context.finish(),
    );
  if (state.open === "update") return updateDialog(context, close);
  if (state.open === "unsaved")
    return {
      look: "dialog",
      onDismiss: close,
      view: alertDialog({
        message: "You have unsaved changes. Save before exit?",
        negative: { text: "Discard", onTap: () => context.finish() },
        positive: { text: "Save", onTap: () => save(context) },
      }),
    };
  return editorDialog(context);
}

function updateDialog(context: EditorContext, close: () => void): WindowContent["overlay"] {
  const { state } = context;
  const scope = state.scope ?? "one";
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      message: "The event is repeatable",
      body: scopeRadios("Update", scope, (next) => {
        state.scope = next;
      }),
      negative: { text: "Cancel", onTap: close },
      positive: {
        text: "OK",
        onTap: () => {
          update(context, scope);
          context.toast("Event updated successfully");
          context.finish();
        },
      },
    }),
  };
}

function update(context: EditorContext, scope: "one" | "future" | "all"): void {
  const { state } = context;
  const changed = { ...state.event, ...storedTimes(state.event), title: state.event.title.trim() };
  const stored = readEvent(context, changed.id);
  if (!stored) return;
  if (scope === "all") {
    // The form shows one of the times; the first moves by as much as that one did.
    const startTs = stored.startTs + changed.startTs - state.occurrence;
    saveEvent(context, { ...changed, startTs, endTs: startTs + changed.endTs - changed.startTs });
    return;
  }
  const own = { ...changed, id: 0, importId: newImportId(context), exceptions: [] };
  if (scope === "one") {
    leaveOut(context, stored, state.occurrence);
    saveEvent(context, { ...own, parentId: stored.id, repeatInterval: 0, repeatRule: 0, repeatLimit: 0 });
  } else {
    endBefore(context, stored, state.occurrence);
    saveEvent(context, own);
  }
}
