export const filesPackage = "com.google.android.documentsui";
export const filesActivity = "com.android.documentsui.files.FilesActivity";
/** The full component of the screen that asks where to copy or move. */
export const pickerName = "com.android.documentsui.picker.PickActivity";
export const pickActivity = `${filesPackage}/${pickerName}`;
export const viewerName = "com.android.documentsui.ViewerActivity";
