import { BinaryXmlError, readBinaryXml, type XmlElement } from "./binary-xml.ts";
import { readZipFile, ZipError } from "./zip.ts";

/** What the package manager takes from an APK's manifest. */
export interface ApkManifest {
  package: string;
  versionCode: number;
  versionName: string;
  minSdk: number;
  targetSdk: number;
  permissions: string[];
  /** Runners of tests, by their class, with the package that they run in. */
  instrumentations: { runner: string; target: string }[];
  /** Of a split APK, which goes with a base of the same package. */
  split?: string;
}

/** Not an APK, or none that Android would take. The message ends with why. */
export class ApkError extends Error {
  override readonly name = "ApkError";
}

export function readManifest(apk: Buffer): ApkManifest {
  try {
    const manifest = readZipFile(apk, "AndroidManifest.xml");
    if (manifest === undefined) throw new ApkError("it holds no AndroidManifest.xml");
    return manifestOf(readBinaryXml(manifest));
  } catch (error) {
    if (error instanceof ZipError || error instanceof BinaryXmlError)
      throw new ApkError(error.message, { cause: error });
    throw error;
  }
}

function manifestOf(root: XmlElement): ApkManifest {
  const name = root.attributes["package"];
  if (root.name !== "manifest" || name === undefined) throw new ApkError("its manifest names no package");
  const below = (tag: string): XmlElement[] => root.children.filter((child) => child.name === tag);
  const sdk = below("uses-sdk")[0]?.attributes ?? {};
  const { split } = root.attributes;
  return {
    package: name,
    versionCode: Number(root.attributes["versionCode"] ?? 0),
    versionName: root.attributes["versionName"] ?? "",
    minSdk: Number(sdk["minSdkVersion"] ?? 1),
    targetSdk: Number(sdk["targetSdkVersion"] ?? 1),
    permissions: below("uses-permission").flatMap(({ attributes }) => attributes["name"] ?? []),
    instrumentations: below("instrumentation").map(({ attributes }) => ({
      runner: attributes["name"] ?? "",
      target: attributes["targetPackage"] ?? "",
    })),
    ...(split === undefined ? {} : { split }),
  };
}
