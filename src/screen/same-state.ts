import type { Element, Screen, ScreenImage } from "./screen.ts";

/** What two screens are compared by. */
export type ScreenState = Pick<Screen, "fingerprint" | "keyboardShown"> & {
  elements: readonly Pick<Element, "text" | "description" | "value">[];
  image?: Pick<ScreenImage, "sha256">;
};

/**
 * Whether two screens show the same. Beside their fingerprints, which are the same by either driver, this minds where
 * sliders stand, as far as the driver tells, and whether a keyboard is up; and the picture where the elements say
 * nothing, as in a game, or where no tree could be had.
 */
export function sameState(a: ScreenState, b: ScreenState): boolean {
  return (
    a.fingerprint === b.fingerprint &&
    a.keyboardShown === b.keyboardShown &&
    values(a).join() === values(b).join() &&
    (!isMute(a) || a.image?.sha256 === b.image?.sha256)
  );
}

/** Of equal fingerprints, either both are or none is. */
function isMute({ elements }: ScreenState): boolean {
  return elements.every(({ text, description }) => text === "" && description === "");
}

/** Where sliders stand, in the order of the elements, which is the same on screens of equal fingerprints. */
function values({ elements }: ScreenState): string[] {
  return elements.flatMap(({ value }) => value ?? []);
}
