import type { Skill, Values } from "../skill.ts";
import { alarmCreate } from "./alarm-create.ts";
import { alarmDelete } from "./alarm-delete.ts";
import { alarmOff } from "./alarm-off.ts";
import { androidVersion } from "./android-version.ts";
import { brightness } from "./brightness.ts";
import { contactChange } from "./contact-change.ts";
import { contactCreate } from "./contact-create.ts";
import { contactDelete } from "./contact-delete.ts";
import { contactNumber } from "./contact-number.ts";
import { deviceName } from "./device-name.ts";
import { eventCreate } from "./event-create.ts";
import { eventDelete } from "./event-delete.ts";
import { eventStart } from "./event-start.ts";
import { fileDelete } from "./file-delete.ts";
import { fileMove } from "./file-move.ts";
import { fileRename } from "./file-rename.ts";
import { folderCreate } from "./folder-create.ts";
import { noteAnswer } from "./note-answer.ts";
import { noteAppend } from "./note-append.ts";
import { noteCreate } from "./note-create.ts";
import { noteDelete } from "./note-delete.ts";
import { noteRename } from "./note-rename.ts";
import { openAppSkill } from "./open-app.ts";
import { screenTimeout } from "./screen-timeout.ts";
import { smsRead } from "./sms-read.ts";
import { smsSend } from "./sms-send.ts";
import { stopwatch } from "./stopwatch.ts";
import { switchSettings } from "./switch-setting.ts";
import { timer } from "./timer.ts";
import { unknown } from "./unknown.ts";

/** The first whose goal fits is chosen, so the wide nets come last. */
const skills: readonly Skill[] = [
  ...switchSettings,
  brightness,
  screenTimeout,
  androidVersion,
  deviceName,
  contactCreate,
  contactNumber,
  contactChange,
  contactDelete,
  alarmCreate,
  alarmOff,
  alarmDelete,
  stopwatch,
  timer,
  folderCreate,
  fileDelete,
  fileRename,
  fileMove,
  noteCreate,
  noteAppend,
  noteDelete,
  noteRename,
  noteAnswer,
  eventCreate,
  eventDelete,
  eventStart,
  smsSend,
  smsRead,
  openAppSkill,
  unknown,
];

export function chosenSkill(goal: string): { skill: Skill; values: Values } {
  for (const skill of skills) {
    for (const pattern of skill.goals) {
      const match = pattern.exec(goal);
      if (match) return { skill, values: definedGroups(match) };
    }
  }
  throw new RangeError("the unknown skill takes every goal");
}

function definedGroups(match: RegExpExecArray): Values {
  const groups = Object.entries(match.groups ?? {}) as [string, string | undefined][];
  return Object.fromEntries(groups.filter((group): group is [string, string] => group[1] !== undefined));
}
