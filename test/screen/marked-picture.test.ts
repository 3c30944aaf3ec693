import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import sharp from "sharp";
import {
  type Bounds,
  type Element,
  markedPicture,
  type ScreenImage,
  screenImage,
} from "../../src/screen/index.ts";
import { placeMarks } from "../../src/screen/marks.ts";

const width = 540;
const height = 1200;

const element = (index: number, left: number, top: number, right: number, bottom: number): Element =>
  ({
    index,
    bounds: { left, top, right, bottom },
    text: "word",
    description: "",
    hint: "",
    scrollable: false,
  }) as Element;

const ground = (grey: number, size = { width, height }) =>
  sharp({ create: { ...size, channels: 4, background: { r: grey, g: grey, b: grey, alpha: 1 } } });

interface Decoded {
  width: number;
  height: number;
  at: (x: number, y: number) => [number, number, number];
}

async function decoded(image: ScreenImage): Promise<Decoded> {
  expect(image.mediaType).toBe("image/jpeg");
  const { data, info } = await sharp(image.bytes).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return {
    width: info.width,
    height: info.height,
    at: (x, y) =>
      [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)] as [number, number, number],
  };
}

/** How far the strongest from the weakest colour: grey has none. */
const colourfulness = (rgb: readonly number[]): number => Math.max(...rgb) - Math.min(...rgb);

describe("a marked picture", () => {
  const box = element(0, 100, 200, 400, 500);

  test.each([
    ["PNG", (image: ReturnType<typeof ground>) => image.png()],
    ["WebP", (image: ReturnType<typeof ground>) => image.webp({ lossless: true })],
    ["JPEG", (image: ReturnType<typeof ground>) => image.jpeg()],
  ])("is made of %s", async (_, encode) => {
    const image = screenImage(await encode(ground(128)).toBuffer());
    const picture = await decoded(await markedPicture({ image, elements: [box], width, height }));
    expect([picture.width, picture.height]).toEqual([width, height]);
    // The line is coloured, what is inside and outside of it is as it was.
    expect(colourfulness(picture.at(250, 201))).toBeGreaterThan(60);
    expect(colourfulness(picture.at(399, 350))).toBeGreaterThan(60);
    for (const [x, y] of [
      [250, 350],
      [50, 100],
    ] as const) {
      for (const value of picture.at(x, y)) expect(Math.abs(value - 128)).toBeLessThan(6);
    }
  });

  test.each([0, 255])("stands out on a ground of grey %i", async (grey) => {
    const image = screenImage(await ground(grey).png().toBuffer());
    const picture = await decoded(await markedPicture({ image, elements: [box], width, height }));
    const luminance = ([red, green, blue]: readonly number[]): number =>
      0.3 * red! + 0.59 * green! + 0.11 * blue!;
    // Across the line, from outside to inside, there are both a light and a dark pixel.
    const across = Array.from({ length: 12 }, (_, i) => luminance(picture.at(250, 195 + i)));
    expect(Math.max(...across) - Math.min(...across)).toBeGreaterThan(120);
  });

  test("fits a picture of another size than the screen's, and elements partly off the screen", async () => {
    const image = screenImage(await ground(128, { width: 270, height: 600 }).png().toBuffer());
    const over = element(1, -50, 1100, 700, 1300);
    const picture = await decoded(await markedPicture({ image, elements: [box, over], width, height }));
    expect([picture.width, picture.height]).toEqual([270, 600]);
    expect(colourfulness(picture.at(125, 101))).toBeGreaterThan(60);
    expect(colourfulness(picture.at(1, 575))).toBeGreaterThan(60);
  });

  test("of a turned screen is as wide as the screen", async () => {
    const image = screenImage(await ground(128, { width: height, height: width }).png().toBuffer());
    const elements = [element(0, 900, 100, 1100, 300)];
    const picture = await decoded(await markedPicture({ image, elements, width: height, height: width }));
    expect([picture.width, picture.height]).toEqual([height, width]);
    expect(colourfulness(picture.at(1000, 101))).toBeGreaterThan(60);
  });

  test("cannot be made of a broken one", async () => {
    const image = screenImage((await ground(1).png().toBuffer()).subarray(0, 60));
    await expect(markedPicture({ image, elements: [], width, height })).rejects.toMatchObject({
      code: "IMAGE_BROKEN",
    });
  });

  test("has the element's number in it", async () => {
    const image = screenImage(await ground(128).png().toBuffer());
    const read = async (index: number): Promise<string> => {
      const { at } = await decoded(
        await markedPicture({ image, elements: [{ ...box, index }], width, height }),
      );
      // Two pixels for each dot: the label of one digit is 14 by 18, at the box.
      const [mark] = placeMarks([{ ...box, index }], { width, height }, () => ({ width: 14, height: 18 }));
      const { left, top } = mark!.label;
      return Array.from({ length: 7 }, (_, row) =>
        Array.from({ length: 5 }, (_, column) =>
          Math.min(...at(left + 2 * column + 3, top + 2 * row + 3)) > 128 ? "#" : ".",
        ).join(""),
      ).join(" ");
    };
    expect(await read(1)).toBe("..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.");
    expect(await read(7)).toBe("##### ....# ...#. ..#.. ..#.. ..#.. ..#..");
  });
});

describe("numbers", () => {
  const size = { width: 40, height: 30 };
  const overlap = (a: Bounds, b: Bounds): boolean =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  test("stand in the picture, one for each box, wherever boxes are", () => {
    const coordinate = fc.integer({ min: -300, max: 1500 });
    const extent = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, extent, extent), { maxLength: 30 }), (boxes) => {
        const elements = boxes.map(([x, y, w, h], i) => element(i, x, y, x + w, y + h));
        const marks = placeMarks(elements, { width, height }, () => size);
        const seen = elements.filter(({ bounds }) =>
          overlap(bounds, { left: 0, top: 0, right: width, bottom: height }),
        );
        expect(marks.map(({ index }) => index)).toEqual(seen.map(({ index }) => index));
        for (const { label } of marks) {
          expect(label.left).toBeGreaterThanOrEqual(0);
          expect(label.top).toBeGreaterThanOrEqual(0);
          expect(label.right).toBeLessThanOrEqual(width);
          expect(label.bottom).toBeLessThanOrEqual(height);
        }
      }),
    );
  });

  test("do not cover each other in a list, not even those of nested boxes with one corner", () => {
    const rows = Array.from({ length: 10 }, (_, i) => [
      element(3 * i, 0, i * 100, 540, i * 100 + 100),
      element(3 * i + 1, 0, i * 100, 300, i * 100 + 100),
      element(3 * i + 2, 0, i * 100, 150, i * 100 + 50),
    ]).flat();
    const labels = placeMarks(rows, { width, height }, () => size).map(({ label }) => label);
    const clashes = labels.filter((label, i) => labels.some((other, j) => i < j && overlap(label, other)));
    expect(clashes).toEqual([]);
  });

  test("stand in the corners of rows, below what is above them", () => {
    const rows = Array.from({ length: 5 }, (_, i) => element(i, 0, i * 200, 540, i * 200 + 200));
    for (const { box, label } of placeMarks(rows, { width, height }, () => size)) {
      expect(label).toEqual({ left: 0, top: box.top, right: size.width, bottom: box.top + size.height });
    }
  });

  test("stand beside a word where there is room", () => {
    const [mark] = placeMarks([element(0, 100, 100, 300, 140)], { width, height }, () => size);
    expect(overlap(mark!.label, mark!.box)).toBe(false);
  });
});
