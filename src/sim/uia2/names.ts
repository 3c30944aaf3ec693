/** Packages of Appium on a phone, and where its server listens. */
export const serverPackage = "io.appium.uiautomator2.server";
export const serverTestPackage = "io.appium.uiautomator2.server.test";
export const runner = "androidx.test.runner.AndroidJUnitRunner";
export const serverPort = 6790;
