import type { AppContext } from "../../system/services.ts";
import { NOTEBOOK } from "./notebook.ts";

const HOUR = 3_600_000;

/** Name, hours since it was written, text. */
const NOTES: readonly (readonly [name: string, hoursAgo: number, content: string])[] = [
  ["shopping_list.md", 20, "# Shopping list\n\n- [ ] Bread\n- [ ] Tomatoes\n- [x] Coffee\n- [ ] Olive oil\n"],
  [
    "wifi_codes.txt",
    400,
    "Home network: Lindenhof\nPassword: maple-river-42\nGuest network: Lindenhof-Guest\n",
  ],
  [
    "travel_plan.md",
    52,
    "# Trip to the lake\n\nTrain at 8:42 from platform 7.\nHotel Seeblick, two nights.\n",
  ],
  ["book_ideas.md", 96, "# Books to read\n\n* The Quiet Harbour\n* Maps of Winter\n* A Garden in June\n"],
  ["meeting_notes.md", 30, "# Team meeting\n\nBudget is approved.\nNext meeting on Monday at 10.\n"],
  ["garden.md", 170, "# Garden\n\nWater the tomatoes every two days.\nPlant the tulips in October.\n"],
  ["gift_ideas.txt", 240, "Alma: a scarf\nFelix: board game\nGreta: a fountain pen\n"],
  [
    "Recipes/pancakes.md",
    310,
    "# Pancakes\n\n2 eggs, 250 ml milk, 150 g flour, a pinch of salt.\nRest the batter for 20 minutes.\n",
  ],
];

export function writeSampleNotes(context: AppContext): void {
  const now = context.clock.now();
  for (const [name, hoursAgo, content] of NOTES)
    context.files.write(`${NOTEBOOK}/${name}`, content, { mtime: now - hoursAgo * HOUR });
}
