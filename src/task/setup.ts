import type { Device } from "../device/index.ts";
import { AndroidGenError, configError, infraError } from "../errors.ts";
import { deleteContent, insertContent, queryContent } from "./content.ts";
import type { SetupStep, TaskInstance } from "./task.ts";

/** What a device says no to: it answers, so the task may be at fault as well as the device. */
const refusals: ReadonlySet<string> = new Set(["CONTENT_QUERY", "CONTENT_WRITE", "PUSH_FAILED"]);

/**
 * Brings the device into the state in which a task begins, step by step. Throws `TASK_SETUP` (class `infra`)
 * where the device answers but refuses a step, and what the device throws where it does not answer.
 */
export async function setUpTask(device: Device, instance: TaskInstance): Promise<void> {
  for (const step of instance.setup) {
    try {
      await runStep(device, instance, step);
    } catch (error) {
      if (!AndroidGenError.isInstance(error) || !refusals.has(error.code)) throw error;
      throw setupError(device, instance, error.message, error);
    }
  }
}

/** Whether a task could not be set up though its device answered. */
export function isSetUpFailure(error: AndroidGenError): boolean {
  return error.code === "TASK_SETUP";
}

async function runStep(device: Device, instance: TaskInstance, step: SetupStep): Promise<void> {
  const run = (...argv: string[]) => runCommand(device, instance, argv);
  if ("setting" in step) {
    const { namespace, key, value } = step.setting;
    await putSetting(run, namespace, key, String(value));
  } else if ("file" in step) {
    await device.push(Buffer.from(step.file.text), step.file.path);
    // adb gives a pushed file the host's time; on a phone whose clock was set it would come from the future.
    await run("touch", step.file.path);
  } else if ("remove" in step) {
    await run("rm", "-rf", step.remove.path);
  } else if ("contentInsert" in step) {
    await insertContent(device, step.contentInsert.uri, step.contentInsert.values);
  } else if ("contentDelete" in step) {
    await deleteContent(device, step.contentDelete.uri, step.contentDelete.where);
  } else if ("sqlite" in step) {
    await run("sqlite3", step.sqlite.db, step.sqlite.sql);
  } else if ("contact" in step) {
    await addContact(device, step.contact.name, String(step.contact.phone));
  } else if ("sms" in step) {
    const now = Number((await run("date", "+%s")).trim()) * 1000;
    await insertContent(device, "content://sms/inbox", {
      address: String(step.sms.from),
      body: step.sms.text,
      date: now - (step.sms.minutesAgo ?? 0) * 60_000,
      read: 0,
    });
  } else if ("date" in step) {
    await run("date", toyboxDate(step.date));
  } else if ("clearApp" in step) {
    await run("pm", "clear", step.clearApp);
  } else if ("openApp" in step) {
    const opened = await device.perform({ type: "openApp", app: step.openApp }, await device.screen());
    if (!opened.ok) throw setupError(device, instance, `open ${step.openApp}: ${opened.reason}`);
  } else {
    await run(...step.shell);
  }
}

/**
 * Wi-Fi and Bluetooth are services: writing their setting alone does not switch them on a real device
 * (Android's own `svc` does, and it keeps the setting).
 */
async function putSetting(
  run: (...argv: string[]) => Promise<string>,
  namespace: string,
  key: string,
  value: string,
): Promise<void> {
  const service = { wifi_on: "wifi", bluetooth_on: "bluetooth" }[key];
  if (namespace === "global" && service !== undefined) {
    await run("svc", service, value === "0" ? "disable" : "enable");
  } else {
    await run("settings", "put", namespace, key, value);
  }
}

/** A raw contact with a name and a number, as ContactsContract keeps them in three rows. */
async function addContact(device: Device, name: string, phone: string): Promise<void> {
  const rawContacts = "content://com.android.contacts/raw_contacts";
  const data = "content://com.android.contacts/data";
  await insertContent(device, rawContacts, { account_type: "", account_name: "" });
  const ids = (await queryContent(device, rawContacts, ["_id"])).map((row) => Number(row["_id"]));
  const id = Math.max(...ids);
  if (!Number.isFinite(id)) {
    throw infraError("CONTENT_WRITE", `${device.info.serial}: the contacts provider kept no new contact`);
  }
  await insertContent(device, data, {
    raw_contact_id: id,
    mimetype: "vnd.android.cursor.item/name",
    data1: name,
  });
  await insertContent(device, data, {
    raw_contact_id: id,
    mimetype: "vnd.android.cursor.item/phone_v2",
    data1: phone,
    data2: 2,
  });
}

/** `2023-10-15T15:34:00` as toybox's date reads it: `MMDDhhmmCCYY.ss`. */
function toyboxDate(iso: string): string {
  const match = iso.match(/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/);
  if (!match) throw configError("TASK_DATE", `${iso} is not a date like 2023-10-15T15:34:00`);
  const [, year, month, day, hour, minute, second] = match;
  return `${month}${day}${hour}${minute}${year}.${second}`;
}

async function runCommand(device: Device, instance: TaskInstance, argv: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await device.shell(argv);
  if (exitCode !== 0) {
    const said = (stderr || stdout).trim() || `exit code ${exitCode}`;
    throw setupError(device, instance, `${argv.join(" ")}: ${said}`);
  }
  return stdout;
}

function setupError(device: Device, instance: TaskInstance, what: string, cause?: unknown) {
  return infraError("TASK_SETUP", `${device.info.serial}: setting up ${instance.id}: ${what}`, cause);
}
