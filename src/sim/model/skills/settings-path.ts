import { tap } from "../moves.ts";
import type { Move, Situation } from "../skill.ts";
import { into, leave, seek } from "../ways.ts";

/**
 * Along a path of rows through Settings, such as "Display", "Brightness level": taps the last of them
 * that is in view, scrolls where one should be further down, and goes back from other pages. Stage 1
 * opens the app, stage 2 is the way.
 */
export function alongSettings(path: readonly string[], situation: Situation): Move {
  const { page } = situation;
  const open = into("Settings", situation);
  if (open) return open;
  for (const title of path.toReversed()) {
    const row = page.find({ says: title, clickable: true });
    if (row) return tap(2, row);
  }
  const onPath =
    page.activity === ".Settings" || path.some((title) => page.find({ says: title, clickable: false }));
  return (onPath ? seek(2, `"${path[0]}"`, situation) : undefined) ?? leave(2, situation);
}
