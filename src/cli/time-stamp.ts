/** Now, for names of folders: `20261122-233055` (UTC). */
export function timeStamp(): string {
  return new Date().toISOString().replaceAll(/[-:]/g, "").replace("T", "-").slice(0, 15);
}
