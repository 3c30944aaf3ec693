import {
  appBar,
  avatar,
  column,
  emptyState,
  iconButton,
  list,
  listItem,
  row,
  textField,
} from "../../ui/index.ts";
import type { View } from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { listPeople } from "./model.ts";
import { component, THREAD } from "./names.ts";

type State = { search: string; body: string };

/** Picks whom to write to: a contact from the list, or a number that is typed. */
export const newConversation = activity<State>({
  create(_context, intent) {
    const body = intent.extras?.["android.intent.extra.TEXT"];
    return { search: "", body: typeof body === "string" ? body : "" };
  },
  view(context) {
    const { state } = context;
    const words = state.search.trim().toLowerCase();
    const digits = words.replace(/\D/gu, "");
    const people = listPeople(context).filter(
      ({ name, number }) =>
        name.toLowerCase().includes(words) || (digits !== "" && number.replace(/\D/gu, "").includes(digits)),
    );
    return {
      root: column(
        [
          appBar({ title: "New conversation", onUp: () => context.finish() }),
          addressRow(context),
          people.length === 0
            ? emptyState({ title: "No contacts found" })
            : list(
                "contacts_list",
                people.map(({ name, number }) =>
                  listItem({
                    title: name,
                    subtitle: number,
                    leading: avatar(name),
                    onTap: () => write(context, number),
                  }),
                ),
                { style: { grow: 1 } },
              ),
        ],
        { style: { grow: 1 } },
      ),
    };
  },
});

function addressRow(context: ActivityContext<State>): View {
  const { state } = context;
  const confirm = (): void => {
    const number = state.search.trim();
    if (/\d/u.test(number)) write(context, number);
    else context.toast("Add Contact or Number…");
  };
  return row(
    [
      textField({
        id: "new_conversation_address",
        hint: "Add Contact or Number…",
        value: state.search,
        autoFocus: true,
        onChange: (value) => {
          state.search = value;
        },
        onSubmit: confirm,
        style: { grow: 1 },
      }),
      iconButton("check", "Confirm selection", confirm, { id: "new_conversation_confirm" }),
    ],
    { style: { paddingHorizontal: 16, gap: 4 } },
  );
}

/** The conversation takes this screen's place: back from it leads to the list. */
function write(context: ActivityContext<State>, number: string): void {
  const { body } = context.state;
  context.startActivity({
    component: component(THREAD),
    extras: { thread_number: number, ...(body === "" ? {} : { sms_body: body }) },
  });
  context.finish();
}
