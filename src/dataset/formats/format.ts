import type { ScreenImage } from "../../screen/index.ts";
import type { Sample, Split } from "../sample.ts";

/** Where a format puts what it writes; the folder is the dataset's own and new. */
export interface FormatContext {
  folder: string;
  name: string;
  /** Writes a picture into the dataset, once however often it is named, and gives its path there. */
  imageFile: (image: ScreenImage) => Promise<string>;
}

/** Writes samples one after another, so that a dataset may be larger than memory. */
export interface SampleWriter {
  add(sample: Sample, split: Split): Promise<void>;
  /** Ends the files and gives their names, relative to the folder. */
  close(): Promise<string[]>;
}

export interface DatasetFormat {
  readonly name: FormatName;
  open(context: FormatContext): Promise<SampleWriter>;
}

export type FormatName = "llamafactory" | "openai";
