/** The text of an `sms send` with its escapes resolved, or undefined where one is not known. */
export function decodeMessage(message: string): string | undefined {
  const known = /\\(?:n|\\|x([0-9a-f]{2})|u([0-9a-f]{4}))/gi;
  if (message.replaceAll(known, "").includes("\\")) return undefined;
  return message.replaceAll(known, (escape, byte?: string, unit?: string) => {
    if (escape === "\\n") return "\n";
    if (escape === "\\\\") return "\\";
    return String.fromCharCode(Number.parseInt(byte ?? unit ?? "", 16));
  });
}
