/** `hint`: good to have, but a run works without it. */
export type CheckStatus = "ok" | "hint" | "missing";

export interface DoctorCheck {
  name: string;
  status: CheckStatus;
  found: string;
  /** The command or step that mends it. */
  mend?: string;
}
