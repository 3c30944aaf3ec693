/** A command that is refused; the text follows `KO: `. */
export class Refusal extends Error {
  /** Lines before the KO. */
  readonly lines: readonly string[];
  constructor(reason: string, lines: readonly string[] = []) {
    super(reason);
    this.lines = lines;
  }
}
