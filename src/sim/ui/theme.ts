/** Colours of the light theme that the widgets use; apps may use them too. */
export const theme = {
  primary: "#1a73e8",
  onPrimary: "#ffffff",
  primaryContainer: "#d3e3fd",
  onPrimaryContainer: "#0b3a82",
  background: "#ffffff",
  surface: "#f3f4f8",
  text: "#1f1f1f",
  secondaryText: "#5f6368",
  disabled: "#9aa0a6",
  outline: "#dadce0",
  error: "#b3261e",
} as const;

const avatarColors = ["#1a73e8", "#d93025", "#188038", "#e37400", "#8430ce", "#007b83", "#c5221f", "#5f6368"];

/** The same colour for the same name, always. */
export function avatarColor(name: string): string {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)!) >>> 0;
  return avatarColors[sum % avatarColors.length]!;
}
