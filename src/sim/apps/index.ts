import type { SimApp } from "./app.ts";
import { calendar } from "./calendar/index.ts";
import { clipper } from "./clipper/index.ts";
import { clock } from "./clock/index.ts";
import { contacts } from "./contacts/index.ts";
import { contactsStorage } from "./contacts-provider/index.ts";
import { files } from "./files/index.ts";
import { launcher } from "./launcher/index.ts";
import { markor } from "./markor/index.ts";
import { settings } from "./settings/index.ts";
import { smsMessenger } from "./sms/index.ts";
import { telephonyStorage } from "./telephony-provider/index.ts";

/** Every app of a new device. */
export const apps: readonly SimApp[] = [
  launcher,
  settings,
  clock,
  files,
  contactsStorage,
  telephonyStorage,
  contacts,
  smsMessenger,
  calendar,
  markor,
  clipper,
];
