/** Looks at devices until that fails, and says why: `node waiting-run.ts PORT SERIAL…`. */
import { DeviceLink } from "../../src/device/adb/link.ts";
import { transportOver } from "../../src/device/adb/transport.ts";
import { AndroidGenError } from "../../src/errors.ts";

const [port, ...serials] = process.argv.slice(2);
const links = await Promise.all(
  serials.map((serial) =>
    DeviceLink.open({
      address: { host: "127.0.0.1", port: Number(port) },
      serial,
      commandMs: 5000,
      patience: { serverMs: 500, absentMs: 500, offlineMs: 500, reconnectMs: 500 },
    }),
  ),
);
process.stdout.write("open\n");
await Promise.all(links.map(lookUntilItFails));

async function lookUntilItFails(link: DeviceLink): Promise<void> {
  try {
    for (;;) await transportOver(link).run("look", { timeoutMs: 5000, repeatable: true });
  } catch (error) {
    process.stdout.write(`${AndroidGenError.isInstance(error) ? error.code : String(error)}\n`);
  } finally {
    link.close();
  }
}
