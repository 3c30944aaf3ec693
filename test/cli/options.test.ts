import { describe, expect, test } from "@jest/globals";
import { httpUrl, port, positiveInt, share, temperature, wholeNumber } from "../../src/cli/options.ts";

describe("numbers of options", () => {
  test.each([
    [positiveInt, "3", 3],
    [wholeNumber, "-7", -7],
    [port, "5037", 5037],
    [share, "0.25", 0.25],
    [temperature, "1.7", 1.7],
  ])("%p reads %s", (parse, text, value) => {
    expect(parse(text)).toBe(value);
  });

  test.each([
    // What a shell makes of a variable that is not set.
    ...[positiveInt, wholeNumber, port, share, temperature].map((parse) => [parse, ""] as const),
    [positiveInt, "0"] as const,
    [wholeNumber, "1.5"] as const,
    [port, "65536"] as const,
    [share, "1.1"] as const,
    [temperature, "2.1"] as const,
  ])("%p refuses %j", (parse, text) => {
    expect(() => parse(text)).toThrow(/needed/);
  });
});

describe("addresses", () => {
  test("are kept as they are written", () => {
    expect(httpUrl("https://farm:4723/wd/hub/")).toBe("https://farm:4723/wd/hub/");
    expect(() => httpUrl("farm:4723")).toThrow(/needed/);
  });

  test("that hold a password are refused, and the password is not repeated", () => {
    const reading = () => httpUrl("https://me:s3cret@farm:4723");
    expect(reading).toThrow(/^the address of farm:4723 holds/);
    expect(reading).not.toThrow(/s3cret/);
  });
});
