import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { appiumAnswers, fallsSilent } from "../../../src/device/appium/status.ts";

let server: Server;
let url: string;
/** What the next looks get: whether the server says that it is ready. After the last one it says so for ever. */
let answers: boolean[];
let asked: number;

beforeEach(async () => {
  answers = [];
  asked = 0;
  server = createServer((_, response) => {
    asked++;
    response.end(JSON.stringify({ value: { ready: answers.shift() ?? true } }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

test("a server answers where it says that it is ready, and nobody else does", async () => {
  expect(await appiumAnswers(url)).toBe(true);
  expect(await appiumAnswers(`${url}/`)).toBe(true);
  answers = [false];
  expect(await appiumAnswers(url)).toBe(false);
  expect(await appiumAnswers("http://127.0.0.1:9")).toBe(false);
});

test("a server is silent once it has missed too many looks in a row", async () => {
  answers = [true, false, false, true, false, false, false];
  await fallsSilent(url, new AbortController().signal, { lookMs: 1, mostMissed: 2 });
  expect(asked).toBe(7);
});

test("nobody looks any more once it is over", async () => {
  const over = new AbortController();
  const watching = fallsSilent(url, over.signal, { lookMs: 1, mostMissed: 0 });
  over.abort();
  await expect(watching).rejects.toThrow("aborted");
});
