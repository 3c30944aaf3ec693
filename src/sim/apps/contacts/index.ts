import type { SimApp } from "../app.ts";
import { details } from "./details.ts";
import { editor } from "./editor.ts";
import { DETAILS, EDITOR, PACKAGE, PEOPLE } from "./names.ts";
import { people } from "./people.ts";

const CONTACT = [
  "vnd.android.cursor.dir/contact",
  "vnd.android.cursor.dir/raw_contact",
  "vnd.android.cursor.item/contact",
];

/** Contacts. What it shows is kept by the contacts storage, which serves it to every app. */
export const contacts: SimApp = {
  package: PACKAGE,
  label: "Contacts",
  icon: { icon: "person", background: "#1a73e8" },
  versionName: "4.8.17.515854056",
  versionCode: 4817515,
  system: true,
  launcherActivity: PEOPLE,
  activities: { [PEOPLE]: people, [EDITOR]: editor, [DETAILS]: details },
  intentFilters: [
    { activity: EDITOR, action: "android.intent.action.INSERT", data: CONTACT },
    { activity: EDITOR, action: "android.intent.action.EDIT", data: [...CONTACT, "content"] },
    { activity: EDITOR, action: "android.intent.action.INSERT_OR_EDIT", data: CONTACT },
    { activity: DETAILS, action: "android.intent.action.VIEW", data: [...CONTACT, "content"] },
    { activity: PEOPLE, action: "android.intent.action.VIEW", data: ["vnd.android.cursor.dir/contact"] },
  ],
  // Contacts are the storage's; the app itself keeps nothing.
  install() {},
};
