import { createAutoCheck, type Decision, type PastStep } from "../agent/index.ts";
import type { ImportedEpisode, ImportedStep, Store } from "../store/index.ts";
import { compare } from "./agreement.ts";
import type { Report } from "./defect.ts";
import type { RecordedStep, Recording } from "./recording.ts";

/**
 * Reads the steps of a recording one at a time, writes the files of their screens, and compares each reply with what was
 * recorded of it. No row of the store names them yet.
 */
export async function readEpisode(
  store: Store,
  recording: Recording,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<{ episode: Omit<ImportedEpisode, "instance">; agreed: number }> {
  const { finishStatus, answer, verdict, finalScreen, recordedAt = Date.now() } = recording;
  const steps: ImportedStep[] = [];
  const history: PastStep[] = [];
  let agreed = 0;
  for (const step of recording.steps) {
    signal?.throwIfAborted();
    const read = await readStep(store, recording, step, history, report);
    steps.push(read.step);
    if (read.agrees === true) agreed++;
  }
  const last = steps.at(-1)?.decision.action;
  const finish = last?.type === "finish" ? last : undefined;
  const said = answer ?? lastAnswer(steps) ?? (finish?.message === "" ? undefined : finish?.message);
  const status = finishStatus ?? finish?.status;
  return {
    agreed,
    episode: {
      steps,
      success: verdict?.success ?? status === "complete",
      ...(status === undefined ? {} : { finishStatus: status }),
      ...(said === undefined ? {} : { answer: said }),
      ...(verdict === undefined ? {} : { verdict: { source: "human" as const, ...verdict, detail: {} } }),
      ...(finalScreen === undefined ? {} : { finalScreen: await store.screens.save(await finalScreen()) }),
      recordedAt,
    },
  };
}

const autoCheck = createAutoCheck();

async function readStep(
  store: Store,
  { goal, steps }: Recording,
  step: RecordedStep,
  history: PastStep[],
  report: Report,
): Promise<{ step: ImportedStep; agrees?: boolean }> {
  const { image, ...screen } = await step.screen();
  const { plan, response } = step;
  const recorded = step.recorded(screen);
  const reply = step.read?.(response, screen);
  const number = history.length + 1;
  // Which apps were there is not known, and no app is missed then.
  const observation = { goal, screen, history, apps: [], stepsLeft: steps.length - number + 1 };
  const objection =
    reply?.ok === true ? autoCheck.before({ ...reply, code: "" }, observation, plan) : undefined;
  const agreement = reply === undefined ? undefined : compare(recorded, reply, objection, step.place, report);
  const action = agreement?.action ?? ("action" in recorded ? recorded.action : undefined);
  const refusal = "refusal" in recorded ? { refusal: recorded.refusal } : {};
  const done = action === undefined ? {} : { action };
  history.push({ number, screen, response, ...done, ...refusal });
  const decision: Decision = {
    ...done,
    ...refusal,
    thought: reply?.ok === true ? reply.thought : (recorded.thought ?? ""),
    response,
    plan,
    experiences: [],
  };
  const saved = await store.screens.save(image === undefined ? screen : { ...screen, image });
  return {
    step: { screen: saved, decision, ...refusal },
    ...(agreement === undefined ? {} : { agrees: agreement.agrees }),
  };
}

function lastAnswer(steps: readonly ImportedStep[]): string | undefined {
  const action = steps.findLast(({ decision }) => decision.action?.type === "answer")?.decision.action;
  return action?.type === "answer" ? action.text : undefined;
}
