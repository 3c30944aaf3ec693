import { describe, expect, test } from "@jest/globals";
import { parseHostRequest, parseTransportRequest } from "../../../../src/sim/adb/server/host-requests.ts";

describe("host requests", () => {
  test.each([
    ["host:version", { target: { by: "any" }, command: "version" }],
    ["host-local:get-state", { target: { by: "any" }, command: "get-state" }],
    ["host-usb:get-state", { target: { by: "usb" }, command: "get-state" }],
    ["host-transport-id:3:features", { target: { by: "id", id: 3 }, command: "features" }],
    [
      "host-serial:emulator-5554:forward:tcp:1;tcp:2",
      { target: { by: "serial", serial: "emulator-5554" }, command: "forward:tcp:1;tcp:2" },
    ],
    [
      "host-serial:127.0.0.1:5555:wait-for-any-device",
      { target: { by: "serial", serial: "127.0.0.1:5555" }, command: "wait-for-any-device" },
    ],
    ["shell:ls", undefined],
    ["host-serial:x", undefined],
  ])("%s", (request, expected) => {
    expect(parseHostRequest(request)).toEqual(expected);
  });

  test.each([
    ["host:transport:127.0.0.1:5555", { by: "serial", serial: "127.0.0.1:5555", wantsId: false }],
    ["host:transport-any", { by: "any", wantsId: false }],
    ["host:transport-local", { by: "any", wantsId: false }],
    ["host:transport-usb", { by: "usb", wantsId: false }],
    ["host:transport-id:7", { by: "id", id: 7, wantsId: false }],
    ["host:tport:any", { by: "any", wantsId: true }],
    ["host:tport:usb", { by: "usb", wantsId: true }],
    ["host:tport:serial:emulator-5554", { by: "serial", serial: "emulator-5554", wantsId: true }],
    ["host:devices", undefined],
  ])("transport of %s", (request, expected) => {
    expect(parseTransportRequest(parseHostRequest(request)!)).toEqual(expected);
  });
});
