import { type Defect, type Difference, type ImportResult, importSources } from "../../import/index.ts";
import { openStore } from "../../store/index.ts";
import type { ImportCommandOptions } from "../commands/import.ts";
import { interruptSignal } from "../interrupt.ts";
import { print, printJson } from "../output.ts";
import { oneLine } from "../printable.ts";

export async function importInto(sources: readonly string[], options: ImportCommandOptions): Promise<void> {
  const json = options.json === true;
  const store = await openStore(options.db);
  const interrupt = interruptSignal(() =>
    process.stderr.write("stopping; the episodes that are whole stay\n"),
  );
  try {
    const result = await importSources(store, {
      sources,
      ...(options.format === undefined ? {} : { format: options.format }),
      onDefect: (defect) => (json ? printJson({ defect }) : print(defectLine(defect))),
      onDifference: (difference) => (json ? printJson({ difference }) : print(differenceLine(difference))),
      signal: interrupt.signal,
    });
    if (json) {
      // What `score --run` takes.
      for (const run of result.runs) printJson({ run });
      printJson(counts(result));
    } else printResult(result, options.db);
  } finally {
    interrupt.dispose();
    await store.close();
  }
}

function counts({ episodes, steps, agreed, differed, defects, known }: ImportResult) {
  return { episodes, steps, agreed, differed, defects, ...(known === 0 ? {} : { known }) };
}

function defectLine({ code, file, line, what, done }: Defect): string {
  return oneLine(`${file}:${line}: ${code}: ${what}; ${done}`, 400);
}

function differenceLine({ file, line, recorded, ours, why }: Difference): string {
  return oneLine(`${file}:${line}: differs: recorded ${recorded}, read ${ours}: ${why}`, 600);
}

function printResult(result: ImportResult, db: string): void {
  const { runs, episodes, steps, agreed, differed, defects, known } = result;
  print(
    `imported ${episodes} episodes with ${steps} steps; ${agreed} replies read as recorded, ${differed} differ; ${defects} defects`,
  );
  if (known > 0) print(`${known} episodes are in ${db} already`);
  for (const run of runs) print(`run ${run}`);
}
