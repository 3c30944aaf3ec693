import { writeFile } from "node:fs/promises";
import path from "node:path";
import { configError, errorMessage } from "../../errors.ts";
import { print } from "../output.ts";

const starter = (
  name: string,
): string => `# ${name}: describe here what these goals are about. docs/tasks.md has the whole format.
#   androidgen tasks check FILE        proves each template on a device
name: ${name}
description: A suite to start from

tasks:
  - id: note-create
    goal: "Create a note in Markor named {name} with the following text: {text}"
    apps: [Markor]
    tags: [markor, create]
    # Values are drawn by a seed; {holes} are filled in goal, setup and checks.
    params:
      name: { choice: [groceries.md, ideas.md] }
      text: { choice: [Milk and bread, Call the plumber] }
    # What the device must look like before the agent starts, in order.
    setup:
      - remove: { path: "/sdcard/Documents/Markor/{name}" }
    # All of these must hold when the agent says that it is done, and fail before it starts.
    checks:
      - file: { path: "/sdcard/Documents/Markor/{name}", equals: "{text}" }
    # Steps the agent may take.
    budget: 18
`;

export async function newSuite(file: string): Promise<void> {
  const name = path.basename(file).replace(/\.ya?ml$/, "");
  try {
    // wx: a suite somebody wrote is never overwritten.
    await writeFile(file, starter(name.replaceAll(/[^\w-]+/g, "-")), { flag: "wx" });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw configError(
      exists ? "SUITE_EXISTS" : "SUITE_NOT_WRITTEN",
      exists
        ? `${file} exists already; choose another name`
        : `${file}: cannot write (${errorMessage(error)})`,
      error,
    );
  }
  print(`${file} written; next: androidgen tasks check ${file}`);
}
