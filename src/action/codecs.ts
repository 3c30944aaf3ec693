import { configError } from "../errors.ts";
import type { ActionCodec } from "./codec.ts";
import { androidGenCode } from "./codecs/androidgen-code.ts";
import { androidWorldJson } from "./codecs/androidworld-json.ts";
import { glm41v, glm45v } from "./codecs/glm-boxes.ts";
import { openAutoGlm } from "./codecs/open-autoglm.ts";
import { qwen25Vl, qwen3Vl } from "./codecs/qwen-mobile-use.ts";
import { uiTars } from "./codecs/ui-tars.ts";

/** Every grammar that replies are read and written in. */
export const codecs: readonly ActionCodec[] = [
  androidGenCode,
  androidWorldJson,
  qwen25Vl,
  qwen3Vl,
  uiTars,
  glm41v,
  glm45v,
  openAutoGlm,
];

/** Throws `CODEC_UNKNOWN` (`config`) where no codec has the name. */
export function codecNamed(name: string): ActionCodec {
  const codec = codecs.find((one) => one.name === name);
  if (codec !== undefined) return codec;
  throw configError(
    "CODEC_UNKNOWN",
    `There is no action codec ${JSON.stringify(name)}. Use one of ${codecs.map((one) => one.name).join(", ")}.`,
  );
}
