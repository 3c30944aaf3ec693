import { activity, type SimApp } from "../../src/sim/apps/app.ts";

const icon = { icon: "apps", background: "#000000" } as const;

/** A home screen that shows nothing but its name. */
const launcher: SimApp = {
  package: "com.example.launcher",
  label: "Launcher",
  icon,
  versionName: "1",
  versionCode: 1,
  system: true,
  activities: {
    ".Home": activity({
      create: () => ({ opened: 0 }),
      view: () => ({ root: { kind: "text", text: "Home" } }),
    }),
  },
  intentFilters: [{ activity: ".Home", action: "android.intent.category.HOME" }],
  install: () => {},
};

/** Keeps notes in a SQLite file, one per submit of its text field. */
const notes: SimApp = {
  package: "com.example.notes",
  label: "Notes",
  icon,
  versionName: "2.5",
  versionCode: 25,
  system: false,
  launcherActivity: ".MainActivity",
  activities: {
    ".MainActivity": activity<{ draft: string; resumed: string }>({
      create: () => ({ draft: "", resumed: "" }),
      view: (context) => ({
        root: {
          kind: "box",
          children: [
            { kind: "text", text: `draft ${context.state.draft}` },
            { kind: "text", text: `resumed ${context.state.resumed}` },
            {
              kind: "textField",
              id: "draft",
              value: context.state.draft,
              onChange(text) {
                context.state.draft = text;
              },
              onSubmit() {
                context
                  .database("/data/data/com.example.notes/databases/notes.db")
                  .run("INSERT INTO notes (body) VALUES (?)", [context.state.draft]);
                context.state.draft = "";
              },
            },
            {
              kind: "button",
              text: "About",
              onTap: () => context.startActivity({ component: "com.example.notes/.AboutActivity" }),
            },
          ],
        },
      }),
      resume(context, result) {
        context.state.resumed = typeof result === "string" ? result : "";
      },
    }),
    ".AboutActivity": activity({
      create: (_context, intent) => ({ data: intent.data ?? "" }),
      view: (context) => ({
        root: {
          kind: "box",
          children: [
            { kind: "text", text: `about ${context.state.data}` },
            { kind: "button", text: "Done", onTap: () => context.finish("seen") },
            {
              kind: "button",
              text: "Crash",
              onTap() {
                throw new Error("the about screen broke");
              },
            },
          ],
        },
      }),
    }),
  },
  intentFilters: [{ activity: ".AboutActivity", action: "android.intent.action.VIEW", data: ["note"] }],
  install(context, { seed }) {
    const db = context.database("/data/data/com.example.notes/databases/notes.db");
    db.exec("CREATE TABLE notes (_id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT)");
    if (seed) db.run("INSERT INTO notes (body) VALUES (?)", [`sample ${context.random.int(0, 1_000_000)}`]);
  },
};

/** The SMS provider's shape: rows in a SQLite file behind `content://sms`. */
const telephony: SimApp = {
  package: "com.android.providers.telephony",
  label: "Phone and Messaging Storage",
  icon,
  versionName: "13",
  versionCode: 33,
  system: true,
  activities: {},
  install(context) {
    context
      .database(smsFile)
      .exec(
        "CREATE TABLE sms (_id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, body TEXT, type INTEGER, read INTEGER, seen INTEGER, date INTEGER, date_sent INTEGER)",
      );
  },
  providers: (context) => [
    {
      authority: "sms",
      query(_path, { projection, where, sort }) {
        const columns = projection === undefined ? "*" : projection.join(", ");
        const filter = where === undefined ? "" : ` WHERE ${where}`;
        return context
          .database(smsFile)
          .all(`SELECT ${columns} FROM sms${filter} ORDER BY ${sort ?? "date DESC"}`);
      },
      insert(_path, values) {
        const names = Object.keys(values);
        const marks = names.map(() => "?").join(", ");
        const result = context
          .database(smsFile)
          .run(`INSERT INTO sms (${names.join(", ")}) VALUES (${marks})`, Object.values(values));
        return String(result.lastInsertRowid);
      },
      update(_path, values, where) {
        const sets = Object.keys(values)
          .map((name) => `${name} = ?`)
          .join(", ");
        const filter = where === undefined ? "" : ` WHERE ${where}`;
        return context.database(smsFile).run(`UPDATE sms SET ${sets}${filter}`, Object.values(values))
          .changes;
      },
      delete(_path, where) {
        const filter = where === undefined ? "" : ` WHERE ${where}`;
        return context.database(smsFile).run(`DELETE FROM sms${filter}`).changes;
      },
    },
  ],
};

const smsFile = "/data/data/com.android.providers.telephony/databases/mmssms.db";

/** Remembers broadcasts in a file, and counts the ticks of the clock. */
const listener: SimApp = {
  package: "com.example.listener",
  label: "Listener",
  icon,
  versionName: "1",
  versionCode: 1,
  system: false,
  activities: {},
  install: () => {},
  receive(context, intent) {
    context.files.write("/data/data/com.example.listener/last", JSON.stringify(intent));
  },
};

export const fakeApps: readonly SimApp[] = [launcher, notes, telephony, listener];
