export { embeddingModelName } from "./embeddings/api.ts";
export { modelName } from "./chat-api.ts";
export { startDemoModel } from "./server.ts";
export type { DemoModel, DemoModelOptions } from "./server.ts";
