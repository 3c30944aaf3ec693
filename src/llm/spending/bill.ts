import { AsyncLocalStorage } from "node:async_hooks";
import type { Tab } from "./ledger.ts";

/** What a call costs, while it is under way. */
export interface Bill {
  tab: Tab;
  /** Of its prompt, in tokens; counted when it is first asked for. */
  estimate: () => Promise<number>;
}

/** The bill of the call under way. Whatever wraps the models knows nothing of it, so it cannot be handed through. */
export const bills = new AsyncLocalStorage<Bill>();
