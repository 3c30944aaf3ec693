import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { PictureTaker } from "../../../src/device/adb/picture.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import { fakeTransport, info, onePanel, png, type Reply } from "./support.ts";

const picture = { stdout: await png(1000, 2000) };
const black = { stdout: await png(1000, 2000, "#000000") };

// The clock that measures how long a picture takes, and no other.
beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: [
      ...(["Date", "hrtime", "nextTick", "queueMicrotask", "setImmediate", "clearImmediate"] as const),
      ...(["setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const),
    ],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

const raw = (header: number, format = 1): { stdout: Buffer } => {
  const bytes = Buffer.alloc(header + 1000 * 2000 * 4, 200);
  for (const [i, word] of [1000, 2000, format, 1].slice(0, header / 4).entries()) {
    bytes.writeUInt32LE(word, i * 4);
  }
  return { stdout: bytes };
};
const slowPng: [RegExp, Reply] = [/screencap '-p'/, picture];
const panels: [RegExp, Reply] = [/SurfaceFlinger/, onePanel];

/** Commands that fit take a while, and all else no time. */
function slowly(transport: AdbTransport, pattern: RegExp): AdbTransport {
  return {
    ...transport,
    exec(command, options) {
      if (pattern.test(command)) jest.advanceTimersByTime(250);
      return transport.exec(command, options);
    },
  };
}

test.each([12, 16])(
  "pictures are taken raw where that is faster, with a header of %i bytes",
  async (header) => {
    const about = structuredClone(info);
    const { transport, commands } = fakeTransport([panels, slowPng, [/screencap/, raw(header)]]);
    const taker = new PictureTaker(slowly(transport, /'-p'/), 5000, (way) => {
      about.capabilities.picture = way;
    });
    await taker.take();
    const second = await taker.take();
    for (let i = 0; i < 5; i++) await taker.take();
    expect(second).toMatchObject({ width: 1000, height: 2000, image: { mediaType: "image/png" } });
    expect(about.capabilities.picture).toBe("raw");
    const [first, then] = ["screencap '-p' 2>/dev/null", "screencap 2>/dev/null"];
    expect(commands.slice(1)).toEqual([first, then, first, then, first, then, then]);
  },
);

test.each([
  ["take longer", (transport: AdbTransport) => slowly(transport, /screencap 2/), raw(16)],
  ["have an unknown format", (transport: AdbTransport) => transport, raw(16, 4)],
  ["are not whole", (transport: AdbTransport) => transport, { stdout: Buffer.alloc(5000) }],
])("pictures are taken as PNG where raw pixels %s", async (_, change, pixels) => {
  const { transport, commands } = fakeTransport([panels, slowPng, [/screencap/, pixels]]);
  const taker = new PictureTaker(change(transport), 5000, () => {});
  for (let i = 0; i < 7; i++) expect(await taker.take()).toMatchObject({ width: 1000, height: 2000 });
  expect(commands.at(-1)).toBe("screencap '-p' 2>/dev/null");
});

test("pictures are a PNG while raw pixels come in a format that is not known, and raw again after it", async () => {
  const [known, wide] = [raw(16), raw(16, 22)];
  const pixels = [known, known, known, wide, known];
  const { transport, commands } = fakeTransport([panels, slowPng, [/screencap/, pixels]]);
  const taker = new PictureTaker(slowly(transport, /'-p'/), 5000, () => {});
  const ways: unknown[] = [];
  for (let i = 0; i < 8; i++) {
    const taken = await taker.take();
    ways.push(taken instanceof Error ? taken.message : taken.way);
  }
  expect(ways).toEqual(["png", "raw", "png", "raw", "png", "raw", "png", "raw"]);
  expect(commands.slice(-3)).toEqual([
    "screencap 2>/dev/null",
    "screencap '-p' 2>/dev/null",
    "screencap 2>/dev/null",
  ]);
});

test("pictures are of the panel that shows the screen, also after the phone was folded", async () => {
  const two = [
    'Display 4619827677550801152 (HWC display 0): port=0 pnpId=GGL displayName="Common Panel"',
    'Display 4619827677550801153 (HWC display 1): port=1 pnpId=GGL displayName="Common Panel"',
  ].join("\n");
  const shownBy = (id: string): string =>
    `${two}\n    mBaseDisplayInfo=DisplayInfo{"Built-in Screen", displayId 0, displayGroupId 0, real 1000 x 2000, uniqueId "local:${id}", density 420}\n`;
  const outer = "4619827677550801153";
  const inner = "4619827677550801152";
  const { transport, commands } = fakeTransport([
    [/SurfaceFlinger/, [shownBy(outer), shownBy(inner)]],
    [/screencap/, [picture, black, picture]],
  ]);
  const taker = new PictureTaker(transport, 5000, () => {});
  for (let i = 0; i < 3; i++) await taker.take();
  const of = commands.flatMap((command) => /screencap.*'-d' '(\d+)'/u.exec(command)?.[1] ?? []);
  expect(of).toEqual([outer, outer, inner, inner]);
});

test.each([
  ["of a device with one", onePanel],
  ["of a device that does not say", ""],
  [
    "where none of them shows it",
    "Display 1 (HWC display 0): port=0\nDisplay 2 (HWC display 1): port=1\n" +
      "  mViewports=[DisplayViewport{type=VIRTUAL, valid=true, displayId=0, uniqueId='virtual:a,1,b,0'}]\n",
  ],
])("pictures name no panel %s", async (_, said) => {
  const { transport, commands } = fakeTransport([
    [/SurfaceFlinger/, said],
    [/screencap/, black],
  ]);
  const taker = new PictureTaker(transport, 5000, () => {});
  await taker.take();
  await taker.take();
  expect(commands.slice(1)).toEqual([
    "screencap '-p' 2>/dev/null",
    "screencap 2>/dev/null",
    "screencap '-p' 2>/dev/null",
  ]);
});
