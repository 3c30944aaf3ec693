/**
 * Reads Android's binary XML, in which an APK holds its manifest: chunks of a string pool, of the resource
 * ids of attribute names, and of elements (AOSP frameworks/base, libs/androidfw, ResourceTypes.h).
 */
export interface XmlElement {
  name: string;
  /** By name without its namespace; numbers and booleans as text, references as `@0x…`. */
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
}

export class BinaryXmlError extends Error {
  override readonly name = "BinaryXmlError";
}

const chunk = { strings: 0x0001, xml: 0x0003, start: 0x0102, end: 0x0103, resourceIds: 0x0180 };
const valueType = { reference: 0x01, string: 0x03, hexadecimal: 0x11, boolean: 0x12 };
const utf8Flag = 0x100;
const none = 0xffffffff;

/** Where a manifest leaves out the names of attributes, their resource ids tell them (android.R.attr). */
const attributeNames: Record<number, string> = {
  0x01010001: "label",
  0x01010003: "name",
  0x01010021: "targetPackage",
  0x0101020c: "minSdkVersion",
  0x0101021b: "versionCode",
  0x0101021c: "versionName",
  0x01010270: "targetSdkVersion",
};

/** The root element. Throws a {@link BinaryXmlError}. */
export function readBinaryXml(bytes: Buffer): XmlElement {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof BinaryXmlError) throw error;
    // Reading behind the end of the bytes.
    throw new BinaryXmlError("the binary XML is cut off or damaged", { cause: error });
  }
}

function parse(bytes: Buffer): XmlElement {
  if (bytes.readUInt16LE(0) !== chunk.xml) throw new BinaryXmlError("not a binary XML file");
  let strings: string[] = [];
  let ids: number[] = [];
  let root: XmlElement | undefined;
  const open: XmlElement[] = [];
  let at = bytes.readUInt16LE(2);
  while (at + 8 <= bytes.length) {
    const type = bytes.readUInt16LE(at);
    const head = bytes.readUInt16LE(at + 2);
    const size = bytes.readUInt32LE(at + 4);
    if (size < 8 || at + size > bytes.length) throw new BinaryXmlError("a chunk has an impossible size");
    const whole = bytes.subarray(at, at + size);
    if (type === chunk.strings) strings = readStrings(whole);
    else if (type === chunk.resourceIds) ids = readIds(whole, head);
    else if (type === chunk.start) {
      const element = readElement(whole.subarray(head), strings, ids);
      open.at(-1)?.children.push(element);
      root ??= element;
      open.push(element);
    } else if (type === chunk.end) open.pop();
    at += size;
  }
  if (root === undefined) throw new BinaryXmlError("the binary XML has no element");
  return root;
}

function readIds(bytes: Buffer, head: number): number[] {
  return Array.from({ length: (bytes.length - head) / 4 }, (_, i) => bytes.readUInt32LE(head + 4 * i));
}

function readStrings(bytes: Buffer): string[] {
  const head = bytes.readUInt16LE(2);
  const count = bytes.readUInt32LE(8);
  const isUtf8 = (bytes.readUInt32LE(16) & utf8Flag) !== 0;
  const start = bytes.readUInt32LE(20);
  return Array.from({ length: count }, (_, index) => {
    const at = start + bytes.readUInt32LE(head + 4 * index);
    return isUtf8 ? utf8String(bytes, at) : utf16String(bytes, at);
  });
}

/** Two lengths go before it, in UTF-16 units and in bytes, each of one or two bytes. */
function utf8String(bytes: Buffer, at: number): string {
  const wide = (position: number): boolean => (bytes.readUInt8(position) & 0x80) !== 0;
  const second = at + (wide(at) ? 2 : 1);
  const low = bytes.readUInt8(second);
  const length = wide(second) ? ((low & 0x7f) << 8) | bytes.readUInt8(second + 1) : low;
  const start = second + (wide(second) ? 2 : 1);
  return bytes.toString("utf8", start, start + length);
}

function utf16String(bytes: Buffer, at: number): string {
  const first = bytes.readUInt16LE(at);
  const wide = (first & 0x8000) !== 0;
  const length = wide ? ((first & 0x7fff) << 16) | bytes.readUInt16LE(at + 2) : first;
  const start = at + (wide ? 4 : 2);
  return bytes.toString("utf16le", start, start + 2 * length);
}

function readElement(body: Buffer, strings: readonly string[], ids: readonly number[]): XmlElement {
  const attributeStart = body.readUInt16LE(8);
  const attributeSize = body.readUInt16LE(10);
  const count = body.readUInt16LE(12);
  const attributes: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const at = attributeStart + index * attributeSize;
    const nameIndex = body.readUInt32LE(at + 4);
    const known = attributeNames[ids[nameIndex] ?? 0];
    attributes[known ?? stringAt(strings, nameIndex)] = readValue(body, at, strings);
  }
  return { name: stringAt(strings, body.readUInt32LE(4)), attributes, children: [] };
}

function readValue(body: Buffer, at: number, strings: readonly string[]): string {
  const raw = body.readUInt32LE(at + 8);
  if (raw !== none) return stringAt(strings, raw);
  const type = body.readUInt8(at + 15);
  const data = body.readUInt32LE(at + 16);
  if (type === valueType.string) return stringAt(strings, data);
  if (type === valueType.boolean) return String(data !== 0);
  if (type === valueType.reference) return `@0x${data.toString(16).padStart(8, "0")}`;
  return type === valueType.hexadecimal ? `0x${data.toString(16)}` : String(data | 0);
}

function stringAt(strings: readonly string[], index: number): string {
  const found = strings[index];
  if (found === undefined) throw new BinaryXmlError(`there is no string ${index}`);
  return found;
}
