import type { Element } from "../../screen/index.ts";
import { type Place, quoted } from "../defect.ts";
import { limits } from "../limits.ts";

/** `<element id="5" class="Switch" resource-name="…" clickable checkable status="on"> Wi-Fi </element>` */
const elementLine = /^<element id="(\d{1,6})"((?: [a-z-]+(?:="[^"]*")?)*)> ?([\s\S]*?) ?<\/element>\s*$/u;
const attribute = / ([a-z-]+)(?:="([^"]*)")?/gu;

/**
 * Reads AndroidGen's listing of a screen. A number is the one its agent used, also where some are missing. The listing
 * has no bounds, so theirs are empty; it gives a text or a description and does not say which, so both are texts; what
 * it leaves out is taken for the usual: enabled, not focused, wholly visible.
 */
export function readState(state: string, place: Place): Element[] {
  const elements: Element[] = [];
  const seen = new Set<number>();
  // A text may hold line ends, so a line that begins no element goes on with the one before.
  for (const line of state.split(/\n(?=<element id=")/u)) {
    if (line.trim() === "") continue;
    if (elements.length === limits.elementsOfScreen) {
      place.defect("element-unreadable", `more than ${elements.length} elements`, "the rest left out");
      break;
    }
    const element = readElement(line);
    if (element === undefined) {
      place.defect("element-unreadable", `no element can be read in ${quoted(line)}`, "left out");
    } else if (seen.has(element.index)) {
      place.defect("element-repeated", `element ${element.index} comes twice`, "the first one kept");
    } else {
      seen.add(element.index);
      elements.push(element);
    }
  }
  const gap = elements.find(({ index }, i) => index !== i);
  if (gap !== undefined) {
    place.defect(
      "element-gap",
      `elements are not numbered in a row up to ${gap.index}`,
      "numbers kept as recorded",
    );
  }
  return elements;
}

function readElement(line: string): Element | undefined {
  const match = elementLine.exec(line);
  if (match === null) return undefined;
  const attributes = new Map(
    [...match[2]!.matchAll(attribute)].map(([, name, value]) => [name, value ?? ""]),
  );
  const resourceId = attributes.get("resource-name") ?? "";
  return {
    index: Number(match[1]),
    className: attributes.get("class") ?? "",
    resourceId,
    package: packageOf(resourceId),
    text: match[3]!,
    description: attributes.get("tooltip") ?? "",
    hint: "",
    bounds: { left: 0, top: 0, right: 0, bottom: 0 },
    clickable: attributes.has("clickable"),
    longClickable: false,
    checkable: attributes.has("checkable"),
    checked: attributes.get("status") === "on",
    editable: attributes.has("editable"),
    enabled: true,
    focusable: false,
    focused: false,
    scrollable: false,
    selected: false,
    password: false,
    visibleFraction: 1,
  };
}

/** Of `com.android.settings:id/title`. Ids of the framework, `android:id/title`, are used by every app. */
function packageOf(resourceId: string): string {
  const colon = resourceId.indexOf(":id/");
  const name = colon === -1 ? "" : resourceId.slice(0, colon);
  return name === "android" ? "" : name;
}

const systemUi = "com.android.systemui";

/** The app in front: the one whose resource ids are most, bars aside. Empty where no id tells. */
export function appInFront(elements: readonly Element[]): string {
  const counts = new Map<string, number>();
  for (const element of elements) {
    if (element.package === "" || element.package === systemUi) continue;
    counts.set(element.package, (counts.get(element.package) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}
