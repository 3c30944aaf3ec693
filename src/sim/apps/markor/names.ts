/** Activities of the app, as its manifest names them. */
export const PACKAGE = "net.gsantner.markor";
export const MAIN = ".activity.MainActivity";
export const DOCUMENT = ".activity.DocumentActivity";

export const component = (activity: string): string => `${PACKAGE}/${activity}`;
