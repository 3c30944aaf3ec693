import type { SimApp } from "../app.ts";
import { SAMPLE_PEOPLE } from "../sample-people.ts";
import { transaction } from "../sql-provider.ts";
import type { SimDatabase } from "../../system/services.ts";
import { MIMETYPE } from "./mimetypes.ts";
import { contactsProvider, legacyContactsProvider } from "./provider.ts";
import { insertRawContact, openContacts } from "./store.ts";

/** Contacts Storage: the database of contacts and its content providers. */
export const contactsStorage: SimApp = {
  package: "com.android.providers.contacts",
  label: "Contacts Storage",
  icon: { icon: "person", background: "#5f6368" },
  versionName: "13",
  versionCode: 33,
  system: true,
  activities: {},
  install(context, { seed }) {
    const db = openContacts(context);
    if (!seed) return;
    transaction(db, () => insertSamplePeople(db, context.clock.now()));
  },
  providers: (context) => [contactsProvider(context), legacyContactsProvider(context)],
};

function insertSamplePeople(db: SimDatabase, now: number): void {
  for (const person of SAMPLE_PEOPLE) {
    const data: Record<string, string | number>[] = [
      { mimetype: MIMETYPE.name, data2: person.given, data3: person.family },
      { mimetype: MIMETYPE.phone, data1: person.phone, data2: person.phoneType },
    ];
    if (person.email !== undefined) data.push({ mimetype: MIMETYPE.email, data1: person.email, data2: 1 });
    if (person.company !== undefined)
      data.push({ mimetype: MIMETYPE.organization, data1: person.company, data2: 1 });
    insertRawContact(db, { starred: person.starred ? 1 : 0 }, now, data);
  }
}
