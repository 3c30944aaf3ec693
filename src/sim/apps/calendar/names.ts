/** Activities of the app, as its manifest names them. */
export const PACKAGE = "com.simplemobiletools.calendar.pro";
export const MAIN = ".activities.MainActivity";
export const EVENT = ".activities.EventActivity";
export const TASK = ".activities.TaskActivity";

export const component = (activity: string): string => `${PACKAGE}/${activity}`;
