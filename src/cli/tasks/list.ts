import { drawInstance, loadSuite } from "../../task/index.ts";
import { print, printJson, printTable } from "../output.ts";
import { oneLine } from "../printable.ts";

export async function listTasks(file: string, options: { seed: number; json?: boolean }): Promise<void> {
  const suite = await loadSuite(file);
  const rows = suite.templates.map((template) => ({
    id: template.id,
    apps: template.apps,
    tags: template.tags,
    budget: template.budget,
    checks: template.checks.length,
    goal: drawInstance(template, 0, options.seed).goal,
  }));
  if (options.json === true) {
    for (const row of rows) printJson(row);
    return;
  }
  printTable(
    ["template", "apps", "budget", "goal"],
    rows.map((row) => [row.id, row.apps.join(", "), row.budget, oneLine(row.goal, 90)]),
  );
  print(`\n${suite.name}: ${rows.length} templates`);
}
