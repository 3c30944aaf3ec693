import { llmError } from "../failure.ts";

/** Bytes; far more than the longest reply of a model. */
const longestBody = 8 * 1024 * 1024;

/** `fetch` whose body ends with `LLM_BAD_RESPONSE` where it does not end by itself: a night has many replies. */
export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  let bytes = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= longestBody) controller.enqueue(chunk);
      else
        controller.error(
          llmError("LLM_BAD_RESPONSE", `The model endpoint sent more than ${longestBody} bytes.`),
        );
    },
  });
  return new Response(response.body.pipeThrough(bounded), response);
}
