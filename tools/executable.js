// Lets a built program be started by its name: npm does so when it links, but each build makes the file anew.
import { chmod } from "node:fs/promises";

for (const file of process.argv.slice(2)) await chmod(file, 0o755);
