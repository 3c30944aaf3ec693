import type { AppContext } from "../../system/services.ts";
import { storageRoot } from "./entries.ts";

/** Sample files by folder. Texts are what they say; pictures are whole, one-pixel PNG files. */
const texts: Record<string, string> = {
  "Download/boarding_pass.txt": "Flight LH 1023, seat 14C, gate B42, boarding 09:35.\n",
  "Download/invoice_2041.txt": "Invoice 2041\nGarden tools, 3 items\nTotal: 84.50 EUR\nDue: October 31\n",
  "Download/bike_manual.md": "# Bike manual\n\nCheck the tyre pressure once a week: 4.5 bar.\n",
  "Download/contacts_export.csv": "name,phone\nFront desk,555-0100\nWorkshop,555-0123\n",
  "Documents/budget.csv": "month,amount\nJuly,1210\nAugust,1154\nSeptember,1302\n",
  "Documents/meeting_minutes.txt": "Minutes of the house meeting\n1. New bins\n2. Roof repair in spring\n",
  "Documents/packing_list.txt": "Tent\nSleeping bags\nStove\nMatches\nFirst aid kit\n",
  "Documents/Work/offer_draft.md": "# Offer\n\nPainting of the stairway, two coats.\n",
  "Documents/Work/timesheet.csv": "day,hours\nMonday,7.5\nTuesday,8\n",
  "Recordings/interview_notes.txt": "Recorded in the library, second floor.\n",
};

const pictures = [
  "DCIM/Camera/IMG_20231007_101502.png",
  "DCIM/Camera/IMG_20231012_184233.png",
  "Pictures/harbour.png",
  "Pictures/garden_plan.png",
  "Pictures/Screenshots/Screenshot_20231009.png",
];

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

const day = 86_400_000;

/** The same files for the same seed, changed at some time of the last two months. */
export function seedFiles(context: AppContext): void {
  const changed = (): number =>
    context.clock.now() - context.random.int(1, 60) * day - context.random.int(0, day / 1000) * 1000;
  for (const [path, content] of Object.entries(texts))
    context.files.write(`${storageRoot}/${path}`, content, { mtime: changed() });
  for (const path of pictures) context.files.write(`${storageRoot}/${path}`, pixel, { mtime: changed() });
}
