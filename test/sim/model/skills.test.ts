import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { androidGenCode } from "../../../src/action/index.ts";
import { chosenSkill } from "../../../src/sim/model/skills/index.ts";
import { drawInstance, loadSuite } from "../../../src/task/index.ts";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { type PhoneUser, usePhone } from "../../support/phone.ts";
import { carryOut, firstPlan } from "./carry-out.ts";

const downloads = "/sdcard/Download";
const notes = "/sdcard/Documents/Markor";
const alarms = "/data/user_de/0/com.google.android.deskclock/databases/alarms.db";
const events = "/data/data/com.simplemobiletools.calendar.pro/databases/events.db";

interface Case {
  goal: string;
  before?: (user: PhoneUser) => void;
  /** What must be true afterwards. */
  after?: (user: PhoneUser) => unknown;
  /** The answer, for questions. */
  answer?: string;
}

function put(path: string, text: string) {
  return ({ device }: PhoneUser): void => device.phone.files.write(path, text);
}

function has(path: string) {
  return ({ device }: PhoneUser): boolean => device.phone.files.exists(path);
}

function newContact(user: PhoneUser, first: string, last: string, number: string): void {
  carryOut(user, `Create a new contact for ${first} ${last} with the phone number ${number}.`);
  user.home();
}

function addEvent(user: PhoneUser): void {
  carryOut(user, "In Simple Calendar Pro, create an event called Fair on October 20, 2023 at 18:00.");
  user.home();
}

const smsFrom = (number: string, text: string) => (user: PhoneUser) => user.device.receiveSms(number, text);
const count = (user: PhoneUser, db: string, from: string) =>
  user.sql(db, `SELECT count(*) n FROM ${from}`)[0]!["n"];

const cases: Case[] = [
  { goal: "Turn off Wi-Fi.", after: (user) => user.setting("global", "wifi_on") === "0" },
  { goal: "Please switch Bluetooth off.", after: (user) => user.setting("global", "bluetooth_on") === "0" },
  {
    goal: "I am boarding now, put the phone in airplane mode.",
    after: (user) => user.setting("global", "airplane_mode_on") === "1",
  },
  {
    goal: "Set the screen brightness to the maximum.",
    after: (user) => Number(user.setting("system", "screen_brightness")) >= 253,
  },
  {
    goal: "Set the screen brightness to the minimum.",
    after: (user) => Number(user.setting("system", "screen_brightness")) <= 2,
  },
  {
    goal: "Change the screen timeout to 5 minutes.",
    after: (user) => user.setting("system", "screen_off_timeout") === "300000",
  },
  { goal: "Which Android version is on this phone? Answer with the number.", answer: "13" },
  {
    goal: "Rename this phone to Kitchen phone.",
    after: (user) => user.setting("global", "device_name") === "Kitchen phone",
  },
  {
    goal: "Open the Files app.",
    after: ({ device }) => device.phone.activities.top().package === "com.google.android.documentsui",
  },
  {
    goal: "Set an alarm for 2:05 PM.",
    after: (user) =>
      count(user, alarms, "alarm_templates WHERE enabled = 1 AND hour = 14 AND minutes = 5") === 1,
  },
  {
    goal: "Turn off the alarm for 2:05 PM.",
    before: (user) => void carryOut(user, "Set an alarm for 2:05 PM."),
    after: (user) =>
      count(user, alarms, "alarm_templates WHERE enabled = 0 AND hour = 14 AND minutes = 5") === 1,
  },
  {
    goal: "Delete the 2:05 PM alarm.",
    before: (user) => void carryOut(user, "Set an alarm for 2:05 PM."),
    after: (user) => count(user, alarms, "alarm_templates WHERE hour = 14 AND minutes = 5") === 0,
  },
  { goal: "Start the stopwatch.", after: (user) => user.find("Lap") !== undefined },
  {
    goal: "Start a timer for 12 minutes.",
    after: (user) => user.find("Pause") !== undefined && user.find({ contains: "11:5" }) !== undefined,
  },
  {
    goal: "Make a folder named Trip photos in the Downloads folder with the Files app.",
    after: has(`${downloads}/Trip photos`),
  },
  {
    goal: "Delete the file old_receipt.pdf from the Downloads folder.",
    before: put(`${downloads}/old_receipt.pdf`, "x"),
    after: (user) => !has(`${downloads}/old_receipt.pdf`)(user),
  },
  {
    goal: "In Downloads, rename the file scan0001.txt to shopping.txt.",
    before: put(`${downloads}/scan0001.txt`, "x"),
    after: (user) => has(`${downloads}/shopping.txt`)(user) && !has(`${downloads}/scan0001.txt`)(user),
  },
  {
    goal: "Move the file plan.txt from Downloads to Documents.",
    before: put(`${downloads}/plan.txt`, "x"),
    after: (user) => has("/sdcard/Documents/plan.txt")(user) && !has(`${downloads}/plan.txt`)(user),
  },
  {
    goal: "Create a new contact for Noor Okafor with the phone number +15550142201.",
    after: (user) => user.find("Noor Okafor") !== undefined && user.find("+15550142201") !== undefined,
  },
  {
    goal: "What is the phone number of Noor Okafor?",
    before: (user) => newContact(user, "Noor", "Okafor", "+15550142201"),
    answer: "+15550142201",
  },
  {
    goal: "Change the phone number of Noor Okafor to +15550100000.",
    before: (user) => newContact(user, "Noor", "Okafor", "+15550142201"),
    after: (user) => user.find("+15550100000") !== undefined,
  },
  {
    goal: "Delete the contact Noor Okafor.",
    before: (user) => newContact(user, "Noor", "Okafor", "+15550142201"),
    after: (user) => user.find("No contacts found") !== undefined,
  },
  {
    goal: "Send a text message to +15550151122 with Simple SMS Messenger: It costs $20, I'll pay you back",
    after: (user) =>
      user.find("It costs $20, I'll pay you back") !== undefined && user.find("+15550151122") !== undefined,
  },
  {
    goal: "Reply to the text message from +15550138240 with: On my way",
    before: smsFrom("+15550138240", "Are you coming?"),
    after: (user) => user.find("On my way") !== undefined && user.find("Are you coming?") !== undefined,
  },
  {
    goal: "What did +15550177410 write in the last text message? Answer with the message.",
    before: smsFrom("+15550177410", "Dinner is at eight tonight"),
    answer: "Dinner is at eight tonight",
  },
  {
    goal: "Create a note in Markor named ideas.md with the following text: Passport, charger & adapters (2x)",
    after: ({ device }) =>
      device.phone.files.readText(`${notes}/ideas.md`) === "Passport, charger & adapters (2x)",
  },
  {
    goal: "Add the line buy stamps to the end of the note errands.md in Markor.",
    before: put(`${notes}/errands.md`, "call Ana\n\npay rent"),
    after: ({ device }) =>
      device.phone.files.readText(`${notes}/errands.md`) === "call Ana\n\npay rent\nbuy stamps",
  },
  {
    goal: "Rename the note errands.md in Markor to chores.md.",
    before: put(`${notes}/errands.md`, "x"),
    after: (user) => has(`${notes}/chores.md`)(user) && !has(`${notes}/errands.md`)(user),
  },
  {
    goal: "Delete the note errands.md in Markor.",
    before: put(`${notes}/errands.md`, "x"),
    after: (user) => !has(`${notes}/errands.md`)(user),
  },
  {
    goal: "What is the door code in the Markor note flat.md? Answer with the code only.",
    before: put(`${notes}/flat.md`, "Keys are with the neighbour.\nThe door code is 4711."),
    answer: "4711",
  },
  {
    goal: "In Simple Calendar Pro, create an event called Dentist on October 31, 2023 at 9:00.",
    after: (user) =>
      count(
        user,
        events,
        "events WHERE title = 'Dentist' AND start_ts = strftime('%s', '2023-10-31 09:00:00')",
      ) === 1,
  },
  { goal: "When does Fair start? Answer like 14:00.", before: addEvent, answer: "18:00" },
  {
    goal: "Remove the event Fair from Simple Calendar Pro.",
    before: addEvent,
    after: (user) => count(user, events, "events WHERE title = 'Fair'") === 0,
  },
];

let user: PhoneUser;
beforeAll(() => {
  user = usePhone();
});
beforeEach(clean);
afterAll(() => {
  user.device.close();
});

function clean(): void {
  user.device.snapshots.load(cleanSnapshot);
}

interface Solved {
  status: string | undefined;
  answer: string | undefined;
  reached: unknown;
  /** What was done, so that a failure shows it. */
  codes: unknown;
}

function solve({ goal, before, after, answer }: Case, wander?: (user: PhoneUser) => void): Solved {
  before?.(user);
  wander?.(user);
  const { end, steps } = carryOut(user, goal);
  return {
    status: end?.status,
    answer: answer === undefined ? undefined : end?.message,
    reached: after?.(user),
    codes: steps.map((step) => step.response.split("```")[1]?.trim()),
  };
}

function solved({ after, answer }: Case): Solved {
  return { status: "complete", answer, reached: after && true, codes: expect.anything() };
}

describe("a skill reaches its goal", () => {
  test.each(cases)("$goal", (one) => {
    expect(solve(one)).toEqual(solved(one));
  });
});

describe("from wherever the phone happens to be", () => {
  const places: [string, (user: PhoneUser) => void][] = [
    [
      "an open dialog of Clock",
      (user) => {
        user.open("com.google.android.deskclock");
        user.tap("Add alarm");
      },
    ],
    [
      "a page of Settings",
      (user) => {
        user.open("com.android.settings");
        user.tap({ text: "Display" });
      },
    ],
    [
      "the drawer of Files",
      (user) => {
        user.open("com.google.android.documentsui");
        user.tap("Show roots");
      },
    ],
    [
      "an unsaved contact",
      (user) => {
        user.open("com.google.android.contacts");
        user.tap("Create contact");
        user.tap({ id: "first_field" });
        user.type("Nobody");
      },
    ],
  ];
  const goals = new Set([
    "Turn off Wi-Fi.",
    "Start the stopwatch.",
    "Delete the file old_receipt.pdf from the Downloads folder.",
    "Create a new contact for Noor Okafor with the phone number +15550142201.",
  ]);
  test.each(places)("%s", (_name, wander) => {
    for (const one of cases.filter(({ goal }) => goals.has(goal))) {
      clean();
      expect(solve(one, wander)).toEqual(solved(one));
    }
  });
});

describe("mistakes", () => {
  test("are made up for, or the episode ends: the budget holds whatever happens", () => {
    let solved = 0;
    const some = cases.filter((_, i) => i % 4 === 0);
    for (const one of some) {
      clean();
      one.before?.(user);
      const { steps, end } = carryOut(user, one.goal, { errorRate: 0.15, requestSeed: 3, budget: 24 });
      expect(steps.length).toBeLessThanOrEqual(24);
      if (end?.status === "complete" && (one.after?.(user) ?? end.message === one.answer)) solved++;
    }
    expect(solved).toBeGreaterThan(some.length / 2);
  });
});

describe("goals", () => {
  test("every goal of the demo suite has a skill and a plan", async () => {
    const suite = await loadSuite("tasks/demo.yaml");
    for (const template of suite.templates) {
      for (const number of [1, 2, 3]) {
        const { goal } = drawInstance(template, number, 1);
        expect({ goal, skill: chosenSkill(goal).skill.name }).not.toEqual({ goal, skill: "unknown" });
        expect(firstPlan(user, goal)).toMatch(/^(?:\d+\. .+ State: \[(?:Done|Todo)\]\n?)+$/u);
      }
    }
  });

  test("that no skill knows end as infeasible, and say who says so", () => {
    const { end } = carryOut(user, "Order a pizza.");
    expect(end).toMatchObject({ status: "infeasible", message: expect.stringContaining("scripted") });
  });

  test("with quotes and newlines stay readable code", () => {
    const text = 'He said "hi"\\ and\nleft; $HOME `x`';
    const { steps } = carryOut(user, `Create a note in Markor named odd.md with the following text: ${text}`);
    expect(steps.every((step) => androidGenCode.parse(step.response).ok)).toBe(true);
    expect(user.device.phone.files.readText(`${notes}/odd.md`)).toBe(text);
  });
});
