// Removes a build folder, so that a renamed source file leaves nothing behind: node tools/clean.js dist
import { rm } from "node:fs/promises";

for (const folder of process.argv.slice(2)) await rm(folder, { recursive: true, force: true });
