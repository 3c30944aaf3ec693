import { afterEach, expect, test } from "@jest/globals";
import { removeStaleForwards } from "../../../src/device/appium/forwards.ts";
import { type FakeAdbServer, type Handler, startFakeAdbServer, withLength } from "../adb/fake-server.ts";

const wireless = "adb-1A2B3C-x (2)._adb-tls-connect._tcp";

let server: FakeAdbServer;

afterEach(() => server.close());

/** A server with these forwards, which answers each removal with `removal`. */
async function serverWith(rows: readonly string[], removal: string): Promise<FakeAdbServer> {
  const list = `OKAY${withLength(rows.map((row) => `${row}\n`).join(""))}`;
  return startFakeAdbServer((request): Handler =>
    request === "host:list-forward" ? (socket) => socket.end(list) : (socket) => socket.end(removal),
  );
}

test.each(["emulator-5554", wireless])(
  "removes the forwards to the server on %s, and no others",
  async (serial) => {
    server = await serverWith(
      [
        `${serial} tcp:8200 tcp:6790`,
        `${serial} tcp:7001 tcp:80`,
        "emulator-5556 tcp:8201 tcp:6790",
        `${serial} tcp:8202 tcp:6790`,
      ],
      "OKAYOKAY",
    );
    await removeStaleForwards(server.address, serial, 1000);
    expect(server.requests).toEqual([
      "host:list-forward",
      `host-serial:${serial}:killforward:tcp:8200`,
      `host-serial:${serial}:killforward:tcp:8202`,
    ]);
  },
);

test("bears a forward that is removed by somebody else meanwhile", async () => {
  server = await serverWith(
    ["emulator-5554 tcp:8200 tcp:6790"],
    `OKAYFAIL${withLength("listener 'tcp:8200' not found")}`,
  );
  await removeStaleForwards(server.address, "emulator-5554", 1000);
  expect(server.requests).toContain("host-serial:emulator-5554:killforward:tcp:8200");
});

test("tells any other reason", async () => {
  server = await serverWith(
    ["emulator-5554 tcp:8200 tcp:6790"],
    `OKAYFAIL${withLength("cannot do that now")}`,
  );
  await expect(removeStaleForwards(server.address, "emulator-5554", 1000)).rejects.toThrow(
    "cannot do that now",
  );
});
