import { button, column, divided, list, row, spacer, text, theme, type View } from "../../ui/index.ts";
import { stopwatchFace } from "./format.ts";
import { roundButton } from "./round-button.ts";
import type { ClockContext } from "./state.ts";
import { addLap, pauseStopwatch, readStopwatch, resetStopwatch, startStopwatch } from "./stopwatch.ts";

export function stopwatchTab(context: ClockContext): View {
  const stopwatch = readStopwatch(context);
  const elapsed = stopwatch.elapsed(context.clock.now());
  const face = stopwatchFace(elapsed);
  const running = stopwatch.state === "running";
  return column(
    [
      row(
        [
          text(face.main, { id: "stopwatch_time_text", size: 64 }),
          text(face.hundredths, { id: "stopwatch_hundredths_text", size: 32 }),
        ],
        {
          id: "stopwatch_time_wrapper",
          style: { justify: "center", align: "end", gap: 8, marginVertical: 48 },
        },
      ),
      list("laps_list", stopwatch.laps.length === 0 ? [] : lapRows(stopwatch.laps, elapsed), {
        style: { grow: 1 },
      }),
      row(
        [
          sideButton("Reset", "left_button", () => resetStopwatch(context), stopwatch.state !== "reset"),
          roundButton(running ? "pause" : "play", running ? "Pause" : "Start", () =>
            running ? pauseStopwatch(context) : startStopwatch(context),
          ),
          sideButton("Lap", "right_button", () => addLap(context), running),
        ],
        { style: { justify: "around", paddingVertical: 24 } },
      ),
    ],
    { style: { grow: 1 } },
  );
}

/** Keeps its place when it has nothing to do. */
function sideButton(label: string, id: string, onTap: () => void, shown: boolean): View {
  if (!shown) return column([], { style: { width: 96, height: 48 } });
  return button(label, onTap, { id, desc: label, look: "outlined", style: { width: 96, height: 48 } });
}

/** The lap under way first, then the finished ones from the last to the first. */
function lapRows(laps: readonly number[], elapsed: number): View[] {
  const ends = [...laps, elapsed];
  return divided(
    ends
      .map((end, index) => {
        const [lap, total] = [end - (ends[index - 1] ?? 0), end].map((ms) => {
          const { main, hundredths } = stopwatchFace(ms);
          return `${main}.${hundredths}`;
        });
        return row(
          [
            text(`# ${index + 1}`, { id: "lap_number", color: theme.secondaryText }),
            spacer(),
            text(lap!, { id: "lap_time" }),
            text(total!, { id: "lap_total", color: theme.secondaryText }),
          ],
          { style: { gap: 24, minHeight: 44, paddingHorizontal: 32 } },
        );
      })
      .reverse(),
  );
}
