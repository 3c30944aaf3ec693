import { afterEach, expect, test } from "@jest/globals";
import { FakeW3c } from "./fake-w3c.ts";

const before = { ...process.env };
afterEach(() => {
  for (const name of ["HTTP_PROXY", "NO_PROXY"]) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

// webdriverio reads both when it is loaded, so this needs a file of its own.
test("an Appium on this host is called without the proxy that everything else goes through", async () => {
  process.env["HTTP_PROXY"] = "http://127.0.0.1:9";
  process.env["NO_PROXY"] = "example.org";
  const fake = await FakeW3c.start();
  try {
    const client = await fake.open();
    await client.pressKey(4);
    expect(fake.calls).toHaveLength(1);
    expect(process.env["NO_PROXY"]).toBe("example.org,127.0.0.1");
  } finally {
    await fake.close();
  }
});
