/** Activities of the app, as its manifest names them. */
export const PACKAGE = "com.simplemobiletools.smsmessenger";
export const MAIN = ".activities.MainActivity";
export const THREAD = ".activities.ThreadActivity";
export const NEW_CONVERSATION = ".activities.NewConversationActivity";

export const component = (activity: string): string => `${PACKAGE}/${activity}`;
