/** Activities of the app, as its manifest names them. */
export const PACKAGE = "com.google.android.contacts";
export const PEOPLE = "com.android.contacts.activities.PeopleActivity";
export const EDITOR = "com.android.contacts.activities.ContactEditorActivity";
export const DETAILS = "com.android.contacts.quickcontact.QuickContactActivity";

export const component = (activity: string): string => `${PACKAGE}/${activity}`;

export function contactUri(id: number): string {
  return `content://com.android.contacts/contacts/${id}`;
}

/** The contact's number in `…/contacts/5`, `…/contacts/lookup/KEY/5`; undefined where there is none. */
export function contactIdOf(uri: string | undefined): number | undefined {
  const id = /^content:\/\/com\.android\.contacts\/contacts\/(?:lookup\/[^/]+\/)?(\d+)/u.exec(uri ?? "")?.[1];
  return id === undefined ? undefined : Number(id);
}
