import type { Migration } from "kysely";
import { up as first } from "./0001-first.ts";
import { up as whatCallsAndChecksSay } from "./0003-what-calls-and-checks-say.ts";
import { up as partsAndVectors } from "./0004-parts-and-vectors-of-experiences.ts";
import { up as whatWasPaidInVain } from "./0005-what-was-paid-in-vain.ts";
import { up as whatDevicesAre } from "./0002-what-devices-are.ts";

/** Forward only, in this order. A released migration is never changed: add the next one instead. */
export const migrations: Record<string, Migration> = {
  "0001-first": { up: first },
  "0002-what-devices-are": { up: whatDevicesAre },
  "0003-what-calls-and-checks-say": { up: whatCallsAndChecksSay },
  "0004-parts-and-vectors-of-experiences": { up: partsAndVectors },
  "0005-what-was-paid-in-vain": { up: whatWasPaidInVain },
};
