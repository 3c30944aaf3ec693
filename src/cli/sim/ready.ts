/** What `androidgen sim` says when everything answers. */
export interface SimulationReady {
  adb: { host: string; port: number };
  devices: { serial: string; consolePort: number; adbPort: number }[];
  /** Absent with `--no-model`. */
  model?: { baseUrl: string; model: string };
}
