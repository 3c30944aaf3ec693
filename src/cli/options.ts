import { InvalidArgumentError } from "commander";
import { configError } from "../errors.ts";

/** Parsers for option values; commander prints the option's name before the message and exits with 2. */

export function positiveInt(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError("a whole number from 1 on is needed");
  return value;
}

export function count(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError("a whole number from 0 on is needed");
  return value;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("a whole number is needed");
  return value;
}

export function port(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > 65_535) {
    throw new InvalidArgumentError("a port from 1 to 65535 is needed");
  }
  return value;
}

/** Addresses are printed and logged, so one that holds a password is refused, and not by commander, which repeats it. */
export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new InvalidArgumentError("an address such as http://127.0.0.1:4723 is needed");
  }
  if (url.username !== "" || url.password !== "") {
    throw configError(
      "ADDRESS_WITH_PASSWORD",
      `the address of ${url.host} holds a user or a password, which would end up in logs; leave them out, and let only this machine reach that server`,
    );
  }
  return text;
}

export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError("a number from 0 to 1 is needed");
  }
  return value;
}

/** As OpenAI's chat API bounds it. */
export function temperature(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 2)) {
    throw new InvalidArgumentError("a number from 0 to 2 is needed");
  }
  return value;
}

/** An amount to be spent, in US dollars. */
export function dollars(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(Number.isFinite(value) && value > 0)) {
    throw new InvalidArgumentError("an amount above 0 is needed, such as 2.50");
  }
  return value;
}

/** For options that may be given several times. */
export function collect(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** Where records go unless told otherwise. */
export const DEFAULT_DB = "trajectories/androidgen.db";
