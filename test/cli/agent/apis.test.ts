import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { declaredApis, withPermissions } from "../../../src/cli/agent/apis.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";

const declaration = (name: string, permission: string) => `
apis:
  - name: ${name}
    description: Switch Wi-Fi
    permission: ${permission}
    params:
      state: { type: string, description: on or off, choices: { "on": enable, "off": disable } }
    service: [svc, wifi, "{state}"]
`;

let folder: string;

beforeEach(async () => {
  folder = path.join(await newFolder(), "my");
  await mkdir(folder);
});
afterEach(removeFolders);

const declare = (name: string, permission: string) =>
  writeFile(path.join(folder, "my.yaml"), declaration(name, permission));

describe("app interfaces of a user's own", () => {
  test("stand beside those that come along, known by what they say and not by where they lie", async () => {
    await declare("mine.wifi", "mine.write");
    const usual = await declaredApis(undefined);
    const { apis, own } = await declaredApis(folder);
    expect(apis.map(({ name }) => name)).toEqual([...usual.apis.map(({ name }) => name), "mine.wifi"]);
    expect(usual.own).toBeUndefined();
    expect(own).toMatch(/^[0-9a-f]{64}$/u);
    await declare("mine.wifi", "mine.other");
    expect((await declaredApis(folder)).own).not.toBe(own);
  });

  test("are among what all allows, each permission by its name", async () => {
    await declare("mine.wifi", "mine.write");
    const declared = await declaredApis(folder);
    const { allowApi } = withPermissions({ rule: true, allowApi: ["all"] }, declared);
    expect(allowApi).toContain("mine.write");
    expect(allowApi).toContain("alarms.write");
    expect(allowApi).not.toContain("all");
    expect(withPermissions({ rule: true }, declared)).toEqual({ rule: true });
  });

  test("are refused where there are none, where a name is taken, and where a permission is unknown", async () => {
    await expect(declaredApis(folder)).rejects.toMatchObject({ code: "APIS_EMPTY", class: "config" });
    await declare("clock.set-alarm", "mine.write");
    await expect(declaredApis(folder)).rejects.toMatchObject({ code: "API_FILE_INVALID" });
    const usual = await declaredApis(undefined);
    expect(() => withPermissions({ rule: true, allowApi: ["mine.write"] }, usual)).toThrow(
      expect.objectContaining({ code: "API_PERMISSION_UNKNOWN" }),
    );
  });
});
