import { once } from "node:events";

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createReverses, type Reverses } from "../../../../src/sim/adb/daemon/reverse.ts";
import { createPorts, type DevicePorts } from "../../../../src/sim/system/ports.ts";

let ports: DevicePorts;
let reverses: Reverses;
let opened: string[];
beforeEach(() => {
  ports = createPorts();
  opened = [];
  reverses = createReverses(ports, (service) => {
    opened.push(service);
    return Promise.reject(new Error("closed"));
  });
});
afterEach(() => reverses.close());

const ask = (request: string): string => reverses.handle(request).toString();

test("lists what was asked for, leads it elsewhere, and forgets it", () => {
  expect(ask("list-forward")).toBe("0000");
  expect(ask("forward:tcp:5000;tcp:6000")).toBe("OKAY");
  expect(ask("forward:norebind:tcp:5000;tcp:7000")).toBe("FAIL001dcannot rebind existing socket");
  expect(ask("forward:tcp:5000;tcp:7000")).toBe("OKAY");
  expect(ask("list-forward")).toBe("0019host-1 tcp:5000 tcp:7000\n");
  expect(ask("killforward:tcp:5000")).toBe("OKAY");
  expect(ask("killforward:tcp:5000")).toBe("FAIL001dlistener 'tcp:5000' not found");
  expect(ports.connect(5000)).toBeUndefined();
});

test("says which port it has chosen, and refuses one that is taken", () => {
  expect(ask("forward:tcp:0;tcp:6000")).toBe("OKAY000532768");
  const other = ports.listen(5001, () => {});
  expect(ask("forward:tcp:5001;tcp:6000")).toMatch(/^FAIL....cannot bind listener: port 5001/u);
  other.stop();
  expect(ask("forward:local:x;tcp:1")).toMatch(/^FAIL/u);
  expect(ask("killforward-all")).toBe("OKAY");
  expect(ports.connect(32_768)).toBeUndefined();
});

test("a connection asks the host for what is behind it, and ends where the host has nothing", async () => {
  ask("forward:tcp:5000;tcp:6000");
  const connection = ports.connect(5000)!;
  connection.resume();
  await once(connection, "close");
  expect(opened).toEqual(["tcp:6000"]);
});

test("all ports go with the connection", () => {
  ask("forward:tcp:5000;tcp:6000");
  reverses.close();
  expect(ports.connect(5000)).toBeUndefined();
});
