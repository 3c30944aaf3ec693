import { createHash } from "node:crypto";
import type { ChatMessage } from "../model.ts";

/** Failures of one prompt, between any two of which another one was answered, that make it the prompt's own fault. */
const enoughFailures = 5;
/** Of the others' calls meanwhile: more failures than this, and the endpoint is simply unwell. */
const mostOthersFailed = 1 / 5;
/** Prompts that are remembered. */
const mostPrompts = 200;

/** What is known of a prompt that has failed. Counts of the others are those when it failed first, or last. */
interface Suspect {
  failures: number;
  /** All its failures, so that they are not taken for those of others. */
  allFailures: number;
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
    if (suspect.failures === 0 || this.#answered > suspect.answeredLast) suspect.failures++;
    suspect.allFailures++;
    suspect.answeredLast = this.#answered;
    this.#failed++;
    const answered = this.#answered - suspect.answeredFirst;
    const failed = this.#failed - suspect.failedFirst - suspect.allFailures;
    return suspect.failures >= enoughFailures && failed <= mostOthersFailed * (answered + failed);
  }

  /** Whether a prompt has failed before, and nothing since tells whether the endpoint answers others. */
  isOpenQuestion(messages: readonly ChatMessage[], rounds: number): boolean {
    const suspect = this.#suspects.get(keyOf(messages));
    return suspect !== undefined && suspect.allFailures > rounds && suspect.answeredLast === this.#answered;
  }

  #begin(key: string): Suspect {
    const { value: oldest } = this.#suspects.keys().next();
    if (this.#suspects.size >= mostPrompts && oldest !== undefined) this.#suspects.delete(oldest);
    const suspect = {
      failures: 0,
      allFailures: 0,
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
