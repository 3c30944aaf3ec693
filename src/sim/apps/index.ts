import type { SimApp } from "./app.ts";
import { contacts } from "./contacts/index.ts";
import { contactsStorage } from "./contacts-provider/index.ts";
import { smsMessenger } from "./sms/index.ts";
import { telephonyStorage } from "./telephony-provider/index.ts";

/** Every app of a new device. */
export const apps: readonly SimApp[] = [contactsStorage, telephonyStorage, contacts, smsMessenger];
