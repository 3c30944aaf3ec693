import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Writes an embedding model that is as small as one can be, in the files and formats that the Hugging Face Hub has: each
 * word of the vocabulary has its own vector, which is all that the network does with it.
 */
export async function writeEmbeddingModel(
  folder: string,
  words: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  const vectors = Object.values(words);
  const dimensions = vectors[0]!.length;
  const zero = Array.from({ length: dimensions }, () => 0);
  const vocabulary = ["[PAD]", "[UNK]", ...Object.keys(words)];
  const table = [zero, zero, ...vectors];
  await mkdir(path.join(folder, "onnx"), { recursive: true });
  const json = (name: string, content: unknown) =>
    writeFile(path.join(folder, name), JSON.stringify(content));
  await json("config.json", { model_type: "bert", architectures: ["BertModel"], hidden_size: dimensions });
  await json("tokenizer_config.json", {
    tokenizer_class: "BertTokenizer",
    model_max_length: 32,
    pad_token: "[PAD]",
    unk_token: "[UNK]",
  });
  await json("tokenizer.json", {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [0, 1].map((id) => ({
      id,
      content: vocabulary[id],
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    })),
    normalizer: { type: "Lowercase" },
    pre_tokenizer: { type: "Whitespace" },
    post_processor: null,
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  });
  await writeFile(path.join(folder, "onnx", "model.onnx"), onnxTable(table));
}

/**
 * `last_hidden_state = Gather(table, input_ids)` as an ONNX model, by the field numbers of onnx.proto3
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 */
function onnxTable(table: readonly (readonly number[])[]): Buffer {
  const [rows, columns] = [table.length, table[0]!.length];
  const numbers = Buffer.from(Float32Array.from(table.flat()).buffer);
  const float = 1;
  const int64 = 7;
  const initializer = [
    number(1, rows),
    number(1, columns),
    number(2, float),
    text(8, "table"),
    bytes(9, numbers),
  ];
  const gather = [text(1, "table"), text(1, "input_ids"), text(2, "last_hidden_state"), text(4, "Gather")];
  const shaped = (name: string, type: number, ...dimensions: (string | number)[]) => {
    const shape = dimensions.map((size) =>
      message(1, typeof size === "string" ? text(2, size) : number(1, size)),
    );
    return [text(1, name), message(2, message(1, number(1, type), message(2, ...shape)))];
  };
  const graph = [
    message(1, ...gather),
    text(2, "table"),
    message(5, ...initializer),
    message(11, ...shaped("input_ids", int64, "batch", "sequence")),
    message(12, ...shaped("last_hidden_state", float, "batch", "sequence", columns)),
  ];
  return Buffer.concat([number(1, 8), message(7, ...graph), message(8, text(1, ""), number(2, 13))]);
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let left = value;
  for (; left > 0x7f; left >>>= 7) out.push((left & 0x7f) | 0x80);
  return Buffer.from([...out, left]);
}

const number = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, value: Buffer) =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const message = (field: number, ...parts: Buffer[]) => bytes(field, Buffer.concat(parts));
