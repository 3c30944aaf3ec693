/** Starts an Appium server, says where, and waits to be killed. */
import { startAppiumServer } from "../../src/device/index.ts";

const server = await startAppiumServer({ androidHome: process.argv[2]! });
process.stdout.write(`${server.url}\n`);
setInterval(() => {}, 60_000);
