/** What both sides of the simulator really serve; clients use no more than both announce. */
export const features = ["shell_v2", "cmd", "stat_v2", "ls_v2", "fixed_push_mkdir", "sendrecv_v2"];

/** What a side says of itself in its CNXN packet: `device::ro.product.name=…;…;features=a,b`. */
export interface Banner {
  /** `device`, `host`, `recovery`, `bootloader` … */
  type: string;
  properties: Record<string, string>;
  features: readonly string[];
}

export function encodeBanner(banner: Banner): string {
  const pairs = Object.entries(banner.properties).map(([key, value]) => `${key}=${value}`);
  return `${banner.type}::${[...pairs, `features=${banner.features.join(",")}`].join(";")}`;
}

/** Takes anything: what is missing or malformed is left out, as adb does. */
export function parseBanner(text: string): Banner {
  const [type = "", , ...rest] = text.replace(/\0+$/, "").split(":");
  const banner: Banner = { type, properties: {}, features: [] };
  for (const pair of rest.join(":").split(";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (key === "features") banner.features = value.split(",").filter((feature) => feature !== "");
    else banner.properties[key] = value;
  }
  return banner;
}
