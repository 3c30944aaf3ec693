import type { ApiArguments } from "../action/index.ts";
import type { Device } from "../device/index.ts";
import type { AppApi, DeclaredParam } from "./declaration.ts";

/** What the holes of a declaration are filled with, by parameter; or why a value cannot be written. */
export type WrittenValues = { ok: true; values: Map<string, string> } | { ok: false; reason: string };

/** Writes the arguments of a call, which fit the interface, for the device. Parameters that were not given are left out. */
export async function writeValues(device: Device, api: AppApi, args: ApiArguments): Promise<WrittenValues> {
  const values = new Map<string, string>();
  for (const param of api.params) {
    const value = Object.hasOwn(args, param.name) ? args[param.name] : undefined;
    if (value === undefined) continue;
    const written = await write(device, param, String(value));
    if (written === undefined) {
      const wanted = wantedForm[param.format!];
      return { ok: false, reason: `${api.name}: ${param.name} is ${wanted}, not ${JSON.stringify(value)}` };
    }
    values.set(param.name, written);
  }
  return { ok: true, values };
}

const wantedForm = {
  phone: "a phone number",
  url: "a web address that begins with http:// or https://",
  "local-time": "a date and time such as 2023-10-15T15:30",
} as const;

async function write(device: Device, param: DeclaredParam, value: string): Promise<string | undefined> {
  switch (param.format) {
    case undefined:
      return param.written?.[value] ?? value;
    case "phone":
      return /^\+?[\d .()-]{1,32}$/u.test(value) && /\d/u.test(value) ? value.trim() : undefined;
    case "url":
      return webAddress(value);
    case "local-time":
      return epochMs(device, value);
  }
}

function webAddress(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const plain = url.username === "" && url.password === "";
  return plain && (url.protocol === "http:" || url.protocol === "https:") ? url.href : undefined;
}

/** Only the device knows its time zone, and what that was, or will be, on a day. */
async function epochMs(device: Device, value: string): Promise<string | undefined> {
  const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::00)?$/u.exec(value);
  if (time === null) return undefined;
  const { stdout, exitCode } = await device.shell(["date", "-d", `${time[1]}T${time[2]}:00`, "+%s"]);
  const seconds = /^-?\d{1,12}$/u.exec(stdout.trim())?.[0];
  return exitCode === 0 && seconds !== undefined ? String(Number(seconds) * 1000) : undefined;
}
