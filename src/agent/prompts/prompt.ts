/**
 * A prompt text under version. A change that may change replies gets a new id and file, so that records
 * and datasets always say which words were used.
 */
export interface Prompt<Input> {
  /** File name without its ending, such as `policy.v1`. */
  id: string;
  system: string;
  user(input: Input): string;
}
