import { androidGenCode } from "../src/action/index.ts";
import { createAndroidGenAgent, type PastStep } from "../src/agent/index.ts";
import type { ChatModel } from "../src/llm/index.ts";
import { buildScreen, screenImage, type Screen } from "../src/screen/index.ts";
import { type Figure, repeat, round } from "./figure.ts";
import { simulatedPicture } from "./screen-pipeline.ts";

const size = { width: 1080, height: 2400 };
const reply = (round: number) =>
  `Confirm: round ${round}. ${"The list has moved on, and the second step is done. ".repeat(25)}\nAnalysis: ` +
  `${"What is wanted may lie further down. ".repeat(10)}\nOperation:\n\`\`\`\ndo(action="Wait")\n\`\`\``;

/** A model that takes no time: what is left is the agent's own code. */
const instant: ChatModel = {
  complete: async ({ role }) => ({
    text: role === "planner" ? "1. Find it. State: [Todo]\n2. Tap it. State: [Todo]" : reply(0),
    model: "instant",
    usage: { promptTokens: 0, completionTokens: 0 },
    latencyMs: 0,
    attempts: 1,
  }),
};

/**
 * The 31st decision of an episode whose replies have some 400 tokens each, on a screen of 60 rows: plan and policy
 * prompt are written, their histories cut to their bound, and the reply is read and checked.
 */
export async function agent(): Promise<Figure[]> {
  const { png } = await simulatedPicture();
  const image = screenImage(png);
  const history = Array.from({ length: 30 }, (_, i): PastStep => ({
    number: i + 1,
    screen: screenOf(i),
    response: reply(i + 1),
    action: { type: "tap", target: { kind: "element", index: i } },
  }));
  const decide = async (observe: "text" | "both", times: number) => {
    const modules = { expSearch: false, reflectPlan: true, autoCheck: true };
    const one = createAndroidGenAgent({ model: instant, codec: androidGenCode, modules, observe });
    const seen = { goal: "Find the row.", apps: ["Settings"], stepsLeft: 10, calls: [] };
    let number = history.length;
    return repeat(times, async () => {
      const screen = { ...screenOf(++number), image };
      // A round of an episode meets one step that no prompt has told of before.
      const last = { ...history.at(-1)!, response: reply(number) };
      const start = performance.now();
      await one.decide({ ...seen, screen, history: [...history.slice(0, -1), last] });
      return performance.now() - start;
    });
  };
  const text = await decide("text", 100);
  const pictured = await decide("both", 20);
  return [
    {
      name: "agent-decide",
      value: round(text.median),
      unit: "ms",
      spread: round(text.spread),
      note: "plan and action in the 31st step, replies of 400 tokens",
    },
    {
      name: "agent-decide-with-picture",
      value: round(pictured.median),
      unit: "ms",
      spread: round(pictured.spread),
      note: `the same with the picture of ${size.width}×${size.height}, which is decoded, marked and packed`,
    },
  ];
}

function screenOf(number: number): Screen {
  const rows = Array.from(
    { length: 60 },
    (_, i) =>
      `<node index="${i}" text="Row ${i} of page ${number}" resource-id="com.example:id/row_${i}" class="android.widget.Button" package="com.example" content-desc="" checkable="false" checked="false" clickable="true" enabled="true" focusable="true" focused="false" scrollable="false" long-clickable="false" password="false" selected="false" bounds="[0,${i * 40}][1080,${i * 40 + 40}]" />`,
  );
  return buildScreen({
    ...size,
    xml: `<?xml version="1.0"?><hierarchy rotation="0">${rows.join("")}</hierarchy>`,
    package: "com.example",
    activity: ".Main",
    treeSource: "uiautomator",
    secure: false,
    keyboardShown: false,
    capturedAt: 0,
  });
}
