import {
  alertDialog,
  appBar,
  avatar,
  card,
  column,
  emptyState,
  icon,
  iconButton,
  menu,
  row,
  scroll,
  text,
  theme,
} from "../../ui/index.ts";
import type { IconName, View, WindowContent } from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { openElsewhere } from "../elsewhere.ts";
import { deleteContact, readContact, starContact, type Contact, type LabelledField } from "./model.ts";
import { component, contactIdOf, contactUri, EDITOR } from "./names.ts";

type State = { id: number; open: "" | "menu" | "delete" };

/** One contact: names, numbers, and what can be done with them. */
export const details = activity<State>({
  create: (_context, intent) => ({ id: contactIdOf(intent.data) ?? -1, open: "" }),
  view(context) {
    const { state } = context;
    const contact = readContact(context, state.id);
    const content: WindowContent = {
      root: column(
        [
          topBar(context, contact),
          contact ? page(context, contact) : emptyState({ title: "The contact doesn't exist." }),
        ],
        {
          style: { grow: 1 },
        },
      ),
    };
    if (contact && state.open === "menu") {
      content.overlay = {
        look: "menu",
        onDismiss: () => close(context),
        view: menu([
          {
            text: "Delete",
            onTap: () => {
              state.open = "delete";
            },
          },
        ]),
      };
    }
    if (contact && state.open === "delete") content.overlay = deleteDialog(context, contact);
    return content;
  },
});

function close({ state }: ActivityContext<State>): void {
  state.open = "";
}

function topBar(context: ActivityContext<State>, contact: Contact | undefined): View {
  const { state } = context;
  if (!contact) return appBar({ onUp: () => context.finish() });
  return appBar({
    onUp: () => context.finish(),
    actions: [
      {
        icon: "edit",
        desc: "Edit contact",
        id: "menu_edit",
        onTap: () =>
          context.startActivity({
            action: "android.intent.action.EDIT",
            data: contactUri(contact.id),
            component: component(EDITOR),
          }),
      },
      {
        icon: "star",
        desc: contact.starred ? "Remove from favorites" : "Add to favorites",
        id: "menu_star",
        onTap: () => starContact(context, contact.id, !contact.starred),
      },
    ],
    onMore: () => {
      state.open = "menu";
    },
  });
}

function page(context: ActivityContext<State>, contact: Contact): View {
  const { company, phones, emails } = contact.fields;
  const number = phones[0]?.value;
  const email = emails[0]?.value;
  const open = (action: string, data: string) => () => openElsewhere(context, { action, data });
  return scroll(
    "contact_scroll",
    [
      column(
        [
          avatar(contact.name, 96),
          text(contact.name, { id: "large_title", size: 28, align: "center" }),
          company !== "" && text(company, { id: "organization_name", size: 14, color: theme.secondaryText }),
        ],
        { style: { align: "center", gap: 8, paddingVertical: 16 } },
      ),
      row(
        [
          quickAction("phone", "Call", number, (value) => open("android.intent.action.DIAL", `tel:${value}`)),
          quickAction("message", "Text", number, (value) =>
            open("android.intent.action.SENDTO", `smsto:${value}`),
          ),
          quickAction("email", "Email", email, (value) =>
            open("android.intent.action.SENDTO", `mailto:${value}`),
          ),
        ],
        { style: { justify: "around", paddingVertical: 8 } },
      ),
      (phones.length > 0 || emails.length > 0) &&
        card(
          [
            text("Contact info", { size: 16, bold: true }),
            ...phones.map((phone) =>
              infoRow("phone", phone, open("android.intent.action.DIAL", `tel:${phone.value}`), [
                iconButton(
                  "message",
                  `Text ${phone.label} ${phone.value}`,
                  open("android.intent.action.SENDTO", `smsto:${phone.value}`),
                ),
              ]),
            ),
            ...emails.map((mail) =>
              infoRow("email", mail, open("android.intent.action.SENDTO", `mailto:${mail.value}`)),
            ),
          ],
          { style: { gap: 4, background: theme.surface } },
        ),
    ],
    { style: { grow: 1 } },
  );
}

function quickAction(
  name: IconName,
  label: string,
  target: string | undefined,
  open: (target: string) => () => void,
): View {
  const color = target === undefined ? theme.disabled : theme.primary;
  return column([icon(name, { color }), text(label, { size: 14, color })], {
    className: "android.widget.Button",
    enabled: target !== undefined,
    ...(target === undefined ? {} : { onTap: open(target) }),
    style: { align: "center", justify: "center", gap: 4, width: 80, height: 64 },
  });
}

function infoRow(name: IconName, field: LabelledField, onTap: () => void, trailing: View[] = []): View {
  return row(
    [
      icon(name),
      column(
        [
          text(field.value, { id: "header", size: 16 }),
          text(field.label, { id: "sub_header", size: 14, color: theme.secondaryText }),
        ],
        {
          style: { grow: 1 },
        },
      ),
      ...trailing,
    ],
    { onTap, style: { gap: 16, minHeight: 60 } },
  );
}

function deleteDialog(
  context: ActivityContext<State>,
  contact: Contact,
): NonNullable<WindowContent["overlay"]> {
  return {
    look: "dialog",
    onDismiss: () => close(context),
    view: alertDialog({
      title: "Delete contact?",
      message: "This contact will be permanently deleted from your device",
      negative: { text: "Cancel", onTap: () => close(context) },
      positive: {
        text: "Delete",
        onTap: () => {
          deleteContact(context, contact.id);
          context.toast(`${contact.name} deleted`);
          context.finish();
        },
      },
    }),
  };
}
