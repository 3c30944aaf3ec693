export interface SnapshotRow {
  name: string;
  sizeBytes: number;
  /** Milliseconds since the epoch. */
  savedAt: number;
}

/** The table of `avd snapshot list`, column for column as QEMU prints it. */
export function snapshotTable(rows: readonly SnapshotRow[]): string[] {
  if (rows.length === 0) return ["There is no snapshot available."];
  return [
    "List of snapshots present on all disks:",
    columns("ID", "TAG", "VM SIZE", "DATE", "VM CLOCK"),
    ...rows.map((row) =>
      // The simulated device has no virtual machine whose clock could be shown.
      columns("--", row.name, humanSize(row.sizeBytes), dateTime(row.savedAt), "00:00:00.000"),
    ),
  ];
}

function columns(id: string, tag: string, size: string, date: string, clock: string): string {
  return id.padEnd(10) + tag.padEnd(20) + size.padStart(7) + date.padStart(20) + clock.padStart(15);
}

/** Whole numbers but for one decimal below ten, in the unit that leaves less than a thousand. */
function humanSize(bytes: number): string {
  let size = bytes;
  if (size < 1000) return String(size);
  for (const unit of ["K", "M", "G"]) {
    size /= 1024;
    if (size < 9.95) return size.toFixed(1) + unit;
    if (size < 1000) return Math.round(size) + unit;
  }
  return `${Math.round(size / 1024)}T`;
}

function dateTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ");
}
