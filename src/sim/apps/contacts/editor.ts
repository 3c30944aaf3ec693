import {
  alertDialog,
  appBar,
  button,
  column,
  icon,
  iconButton,
  menu,
  row,
  scroll,
  text,
  textField,
  theme,
} from "../../ui/index.ts";
import type { IconName, TextFieldView, View, WindowContent } from "../../ui/index.ts";
import type { AppContext, Intent } from "../../system/services.ts";
import { EMAIL_TYPES, PHONE_TYPES } from "../contacts-provider/mimetypes.ts";
import { activity, type ActivityContext } from "../app.ts";
import { isEmpty, readContact, saveContact, type ContactFields } from "./model.ts";
import { component, contactIdOf, contactUri, DETAILS } from "./names.ts";

type ListName = "phones" | "emails";

type State = {
  /** The contact that is edited; null for a new one. */
  id: number | null;
  fields: ContactFields;
  /** The fields as they were when the editor opened, to know whether there is something to lose. */
  before: string;
  /** The label list of a field, or the question whether to discard. */
  open: null | "discard" | { list: ListName; index: number };
};

const TYPES = { phones: PHONE_TYPES, emails: EMAIL_TYPES } as const;
const NAMES = { phones: "Phone", emails: "Email" } as const;

/** Makes a contact or changes one (ACTION_INSERT, ACTION_EDIT). */
export const editor = activity<State>({
  create: open,
  resume(context, _result, intent) {
    if (intent) context.state = open(context, intent);
  },
  view(context) {
    const { state } = context;
    const content: WindowContent = {
      root: column(
        [
          appBar({
            title: state.id === null ? "Create contact" : "Edit contact",
            onUp: () => leave(context),
            up: { icon: "close", desc: "Close" },
          }),
          form(context),
          // Over the bar's right end: the bar itself takes icons only.
          button("Save", () => save(context), {
            id: "toolbar_button",
            look: "filled",
            style: { absolute: { right: 12, top: 8 }, height: 40, radius: 20 },
          }),
        ],
        { style: { grow: 1 } },
      ),
    };
    if (state.open === "discard") content.overlay = discardDialog(context);
    else if (state.open !== null) content.overlay = labelMenu(context, state.open);
    return content;
  },
  back(context) {
    if (!changed(context.state)) return false;
    context.state.open = "discard";
    return true;
  },
});

function open(context: AppContext, intent: Intent): State {
  const id = intent.action === "android.intent.action.EDIT" ? contactIdOf(intent.data) : undefined;
  const fields = (id === undefined ? undefined : readContact(context, id)?.fields) ?? draftOf(intent);
  if (fields.phones.length === 0) fields.phones.push(emptyField("phones"));
  if (fields.emails.length === 0) fields.emails.push(emptyField("emails"));
  return { id: id ?? null, fields, before: id === undefined ? "" : JSON.stringify(fields), open: null };
}

/** A new contact with what the intent already knows (ContactsContract.Intents.Insert). */
function draftOf(intent: Intent): ContactFields {
  const extra = (key: string): string => {
    const value = intent.extras?.[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const words = extra("name").trim().split(/\s+/u).filter(Boolean);
  return {
    first: words.length > 1 ? words.slice(0, -1).join(" ") : (words[0] ?? ""),
    last: words.length > 1 ? words.at(-1)! : "",
    company: extra("company"),
    phones: [{ ...emptyField("phones"), value: extra("phone") }],
    emails: [{ ...emptyField("emails"), value: extra("email") }],
  };
}

function emptyField(list: ListName): ContactFields["phones"][number] {
  const [type, label] = TYPES[list][0]!;
  return { id: null, value: "", type, label };
}

function changed({ fields, before }: State): boolean {
  return before === "" ? !isEmpty(fields) : JSON.stringify(fields) !== before;
}

function leave(context: ActivityContext<State>): void {
  if (changed(context.state)) context.state.open = "discard";
  else context.finish();
}

function save(context: ActivityContext<State>): void {
  const { state } = context;
  if (isEmpty(state.fields) && state.id === null) {
    context.toast("Nothing to save. Contact discarded.");
    context.finish();
    return;
  }
  const id = saveContact(
    context,
    state.fields,
    state.id === null ? undefined : readContact(context, state.id),
  );
  context.toast(`${readContact(context, id)?.name ?? "Contact"} saved`);
  // A new contact is shown; after a change the details are below the editor already.
  if (state.id === null)
    context.startActivity({
      action: "android.intent.action.VIEW",
      data: contactUri(id),
      component: component(DETAILS),
    });
  context.finish();
}

function form(context: ActivityContext<State>): View {
  const { fields } = context.state;
  const name = (key: "first" | "last" | "company", hint: string, leading: IconName | undefined): View =>
    field(leading, {
      id: `${key}_field`,
      hint,
      value: fields[key],
      onChange: (value) => {
        fields[key] = value;
      },
    });
  return scroll(
    "contact_editor_fragment",
    [
      name("first", "First name", "person"),
      name("last", "Last name", undefined),
      name("company", "Company", "home"),
      ...labelledFields(context, "phones", "phone"),
      ...labelledFields(context, "emails", "email"),
    ],
    { style: { grow: 1, paddingHorizontal: 16 } },
  );
}

function field(leading: IconName | undefined, options: Omit<TextFieldView, "kind">): View {
  return row(
    [
      leading === undefined ? column([], { style: { width: 24 } }) : icon(leading),
      textField({ ...options, style: { grow: 1 } }),
    ],
    { style: { gap: 16, paddingVertical: 4 } },
  );
}

function labelledFields(context: ActivityContext<State>, list: ListName, leading: IconName): View[] {
  const { state } = context;
  const name = NAMES[list];
  const items = state.fields[list];
  const views = items.flatMap((item, index) => [
    field(index === 0 ? leading : undefined, {
      id: `${list}_${index}`,
      hint: name,
      value: item.value,
      inputType: list === "phones" ? "phone" : "email",
      onChange: (value) => {
        item.value = value;
      },
    }),
    row(
      [
        row(
          [
            text(item.label, { id: "label", desc: `${item.label} ${name}`, size: 14, style: { grow: 1 } }),
            icon("expand", { size: 20 }),
          ],
          {
            desc: `Show dropdown menu: ${name} label`,
            className: "android.widget.Spinner",
            onTap: () => {
              state.open = { list, index };
            },
            style: { grow: 1, height: 44, border: theme.outline, radius: 6, paddingHorizontal: 12 },
          },
        ),
        item.value !== "" &&
          iconButton("close", `Delete ${item.label} ${name}`, () => {
            items.splice(index, 1);
            if (items.length === 0) items.push(emptyField(list));
          }),
      ],
      { style: { marginHorizontal: 40 } },
    ),
  ]);
  const add = button(`Add ${name.toLowerCase()}`, () => items.push(emptyField(list)), {
    look: "text",
    style: { alignSelf: "start", marginHorizontal: 40 },
  });
  return items.every((item) => item.value !== "") ? [...views, add] : views;
}

function labelMenu(
  { state }: ActivityContext<State>,
  { list, index }: { list: ListName; index: number },
): NonNullable<WindowContent["overlay"]> {
  return {
    look: "dialog",
    onDismiss: () => {
      state.open = null;
    },
    view: menu(
      TYPES[list].map(([type, label]) => ({
        text: label,
        onTap: () => {
          Object.assign(state.fields[list][index]!, { type, label });
          state.open = null;
        },
      })),
    ),
  };
}

function discardDialog(context: ActivityContext<State>): NonNullable<WindowContent["overlay"]> {
  const stay = (): void => {
    context.state.open = null;
  };
  return {
    look: "dialog",
    onDismiss: stay,
    view: alertDialog({
      title: "Discard changes?",
      message: "Your changes have not been saved",
      negative: { text: "Keep editing", onTap: stay },
      positive: { text: "Discard", onTap: () => context.finish() },
    }),
  };
}
