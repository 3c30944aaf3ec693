import type { Element, Screen } from "./screen.ts";

/** What two screens are compared by. */
export type ScreenState = Pick<Screen, "fingerprint" | "keyboardShown"> & {
  elements: readonly Pick<Element, "value">[];
};

/**
 * Whether two screens show the same. Beside their fingerprints, which are the same by either driver, this minds where
 * sliders stand, as far as the driver tells, and whether a keyboard is up.
 */
export function sameState(a: ScreenState, b: ScreenState): boolean {
  return (
    a.fingerprint === b.fingerprint &&
    a.keyboardShown === b.keyboardShown &&
    values(a).join() === values(b).join()
  );
}

/** Where sliders stand, in the order of the elements, which is the same on screens of equal fingerprints. */
function values({ elements }: ScreenState): string[] {
  return elements.flatMap(({ value }) => value ?? []);
}
