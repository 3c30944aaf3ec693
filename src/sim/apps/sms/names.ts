/** Activities of the app, as its manifest names them. */
export const PACKAGE = "com.simplemobiletools.smsmessenger";
export const MAIN = ".activities.MainActivity";
export const THREAD = ".activities.ThreadActivity";
export const NEW_CONVERSATION = ".activities.NewConversationActivity";

export const SMS_RECEIVED = "android.provider.Telephony.SMS_RECEIVED";

export const component = (activity: string): string => `${PACKAGE}/${activity}`;
