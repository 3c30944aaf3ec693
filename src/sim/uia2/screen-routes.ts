import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import type { Call, Routes } from "./context.ts";
import { Uia2Error } from "./errors.ts";
import { elementOf } from "./locate.ts";
import { boundsText } from "./nodes.ts";
import { display, rootsWithToast, spend, spendAndSettle } from "./screen.ts";
import { writeSource } from "./source.ts";
import { intersect } from "../ui/metrics.ts";

export const screenRoutes: Routes = {
  "GET /session/:sessionId/source": async (call) => {
    const slow = call.host.faults.strike("slow-source");
    if (slow?.ms !== undefined) await sleep(slow.ms, undefined, { signal: call.signal });
    await spendAndSettle(call, "uia2Source");
    return sourceOf(call);
  },
  "GET /session/:sessionId/screenshot": async (call) => (await picture(call)).toString("base64"),
  "GET /session/:sessionId/element/:id/screenshot": elementPicture,
  "GET /session/:sessionId/screenshot/:id": elementPicture,
  "POST /session/:sessionId/appium/reset_ax_cache": () => undefined,
};

/** The size is Display.getSize's, which leaves out the bar of navigation keys. */
function sourceOf(call: Call): string {
  const { width, height, rotation, navigationBar } = display(call);
  const upright = rotation % 2 === 0;
  const size = {
    width: upright ? width : width - (navigationBar.right - navigationBar.left),
    height: upright ? height - (navigationBar.bottom - navigationBar.top) : height,
  };
  return writeSource(
    rootsWithToast(call),
    { rotation, ...size },
    call.session.settings.get("snapshotMaxDepth"),
  );
}

async function picture(call: Call): Promise<Buffer> {
  await spend(call, "uia2Screenshot");
  return call.host.phone.windows.png();
}

/** What of the element is on the screen. */
async function elementPicture(call: Call): Promise<string> {
  const bounds = elementOf(call).tree.bounds;
  const whole = await picture(call);
  const { width, height } = display(call);
  const screen = { left: 0, top: 0, right: width, bottom: height };
  const { left, top, right, bottom } = intersect(bounds, screen);
  if (left >= right || top >= bottom)
    throw new Uia2Error(
      "unable to capture screen",
      `The cropping area is outside of the original bitmap. Bitmap rect: ${boundsText(screen)}; Cropping area rect: ${boundsText(bounds)}`,
    );
  const area = { left, top, width: right - left, height: bottom - top };
  const part = await sharp(whole).extract(area).png().toBuffer();
  return part.toString("base64");
}
