import { giveUp, tap } from "../moves.ts";
import type { Move, Situation } from "../skill.ts";
import { digitsOf, fill, into, leave, seek, showsNumber } from "../ways.ts";

/** A message in a conversation. Who wrote it can only be seen. */
export const message = /^thread_message_(?:wrapper|body)$/u;

/**
 * Into Simple SMS Messenger (stage 1) and to the conversation with a number (stage 2). With `write`, a
 * conversation that is not in the list is begun.
 */
export function toThread(
  number: string,
  situation: Situation,
  options: { write: boolean },
): Move | undefined {
  const { page } = situation;
  const open = into("Simple SMS Messenger", situation);
  if (open) return open;
  if (page.field("thread_type_message")) {
    return page.elements.some((element) => showsNumber(element, number)) ? undefined : leave(2, situation);
  }
  const address = page.field("new_conversation_address");
  if (address) {
    const typed = digitsOf(address.lines.join("")) === digitsOf(number);
    const confirm = page.button("Confirm selection");
    if (!typed) return fill(2, address, number) ?? leave(2, situation);
    return confirm ? tap(2, confirm) : leave(2, situation);
  }
  const row = page.elements.find((element) => element.clickable && showsNumber(element, number));
  if (row) return tap(2, row);
  const begin = page.find({ id: "conversations_fab" });
  if (!begin) return leave(2, situation);
  if (options.write) return tap(2, begin);
  return (
    seek(2, `the conversation with ${number}`, situation) ??
    giveUp(2, `There are no messages from ${number}.`)
  );
}
