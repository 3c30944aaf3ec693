/** The input method that takes its text from broadcasts (https://github.com/senzhk/ADBKeyBoard). */
export const adbKeyboard = "com.android.adbkeyboard/.AdbIME";
