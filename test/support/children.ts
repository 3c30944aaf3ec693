import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Between two looks at the processes. */
const lookMs = 20;

/** Ids of a process's children, as Linux tells them (proc(5): the fourth field of `stat`). */
export async function childrenOf(pid: number): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => undefined);
    // The name of the program, in brackets, may hold anything.
    const parent = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
    if (parent === String(pid)) children.push(Number(name));
  }
  return children;
}

/** Waits until a process has a child, and gives its id. */
export async function firstChildOf(pid: number): Promise<number> {
  for (;;) {
    const [child] = await childrenOf(pid);
    if (child !== undefined) return child;
    await sleep(lookMs);
  }
}

/** Waits until a process has ended. One that nobody has waited for yet counts as ended. */
export async function gone(pid: number): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
    if (stat === undefined || stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z")) return;
    await sleep(lookMs);
  }
}
