import { createHash } from "node:crypto";
import type { ChatMessage } from "../model.ts";

/** Failures of one prompt, between any two of which another one was answered, that make it the prompt's own fault. */
const enoughFailures = 5;
/** Of the others' calls meanwhile: more failures than this, and the endpoint is simply unwell. */
const mostOthersFailed = 1 / 5;
/** Failures of one prompt without an answer to any other, after which a question of our own tells more than another try. */
const failuresToAsk = 3;
/** Prompts that are remembered. */
const mostPrompts = 200;

/** What is known of a prompt that has failed. Counts of the others are those when it failed first, or last. */
interface Suspect {
  failures: number;
  /** All its failures, so that they are not taken for those of others. */
  allFailures: number;
  /** Those since another prompt was answered. */
  unanswered: number;
  answeredFirst: number;
  failedFirst: number;
  answeredLast: number;
}

/**
 * Tells a prompt that an endpoint fails on for ever, however often it is asked (a crash of its tokenizer, a reply that never
 * ends), from an endpoint that fails. Waiting does not help the former, and must not stop a whole run.
 */
export class Blame {
  readonly #suspects = new Map<string, Suspect>();
  #answered = 0;
  #failed = 0;

  answered(messages: readonly ChatMessage[]): void {
    this.#answered++;
    if (this.#suspects.size > 0) this.#suspects.delete(keyOf(messages));
  }

  /** Another question than any prompt of a run was answered. */
  answeredQuestion(): void {
    this.#answered++;
  }

  /** Books a fault; true where the prompt is to blame for it. */
  failed(messages: readonly ChatMessage[]): boolean {
    const key = keyOf(messages);
    const suspect = this.#suspects.get(key) ?? this.#begin(key);
    const newly = suspect.failures === 0 || this.#answered > suspect.answeredLast;
    if (newly) suspect.failures++;
    suspect.unanswered = newly ? 1 : suspect.unanswered + 1;
    suspect.allFailures++;
    suspect.answeredLast = this.#answered;
    this.#failed++;
    const answered = this.#answered - suspect.answeredFirst;
    const failed = this.#failed - suspect.failedFirst - suspect.allFailures;
    return suspect.failures >= enoughFailures && failed <= mostOthersFailed * (answered + failed);
  }

  /** Whether a prompt has just failed for the third time, or the sixth, and nothing tells whether others are answered. */
  isOpenQuestion(messages: readonly ChatMessage[]): boolean {
    const suspect = this.#suspects.get(keyOf(messages));
    if (suspect === undefined || suspect.answeredLast !== this.#answered) return false;
    return suspect.unanswered % failuresToAsk === 0;
  }

  #begin(key: string): Suspect {
    const { value: oldest } = this.#suspects.keys().next();
    if (this.#suspects.size >= mostPrompts && oldest !== undefined) this.#suspects.delete(oldest);
    const suspect = {
      failures: 0,
      allFailures: 0,
      unanswered: 0,
      answeredFirst: this.#answered,
      failedFirst: this.#failed,
      answeredLast: this.#answered,
    };
    this.#suspects.set(key, suspect);
    return suspect;
  }
}

function keyOf(messages: readonly ChatMessage[]): string {
  const hash = createHash("sha256");
  for (const { role, content } of messages) {
    hash.update(`\n${role}\n`);
    if (typeof content === "string") hash.update(content);
    else for (const part of content) hash.update(part.type === "text" ? part.text : part.bytes);
  }
  return hash.digest("hex");
}
