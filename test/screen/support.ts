/** Makes trees for tests: attributes by name, bounds as `[left, top, right, bottom]`. */
export interface NodeSpec {
  class?: string;
  bounds?: [number, number, number, number];
  children?: NodeSpec[];
  [attribute: string]: unknown;
}

export function treeXml(...roots: NodeSpec[]): string {
  return `<hierarchy rotation="0">${placed(roots)
    .map((root) => nodeXml(root))
    .join("")}</hierarchy>`;
}

/** What has no bounds is one below the other, 100 pixels each; what is around others encloses them. */
export function placed(roots: readonly NodeSpec[]): NodeSpec[] {
  let row = 0;
  const place = (spec: NodeSpec): NodeSpec => {
    const children = spec.children?.map(place) ?? [];
    if (spec.bounds !== undefined) return { ...spec, children };
    const inner = children.map((child) => child.bounds!);
    const edge = (i: number, pick: (...values: number[]) => number): number =>
      pick(...inner.map((b) => b[i]!));
    const bounds: NodeSpec["bounds"] =
      inner.length === 0
        ? [0, 100 * row, 100, 100 * ++row]
        : [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
    return { ...spec, bounds, children };
  };
  return roots.map(place);
}

/** The same screen as `uiautomator dump --windows` writes it; `windows` are top first. */
export function windowsXml(...windows: { type: string; root: NodeSpec }[]): string {
  const roots = placed(windows.map(({ root }) => root));
  const written = windows.map(
    ({ type }, i) =>
      `<window index="${i}" title="" bounds="[0,0][1,1]" active="false" focused="false" accessibility-focused="false"` +
      ` id="${i}" layer="${windows.length - i}" type="${type}"><hierarchy rotation="0">${nodeXml(roots[i]!)}</hierarchy></window>`,
  );
  return `<displays><display id="0">${written.join("")}</display></displays>`;
}

/** The same screen as UiAutomator2's `/source` writes it: elements named after classes, attributes named its way. */
export function sourceXml(...roots: NodeSpec[]): string {
  const write = ({ class: name = "android.view.View", children = [], ...rest }: NodeSpec): string =>
    nodeXml({ class: name, displayed: true, ...rest }, name, children.map(write).join(""));
  return `<hierarchy index="0" class="hierarchy" rotation="0" width="1000" height="2000">${placed(roots).map(write).join("")}</hierarchy>`;
}

function nodeXml(
  { class: name = "android.view.View", bounds = [0, 0, 0, 0], children = [], ...rest }: NodeSpec,
  tag = "node",
  inner = children.map((child) => nodeXml(child)).join(""),
): string {
  const [left, top, right, bottom] = bounds;
  const attributes = { package: "app", class: name, bounds: `[${left},${top}][${right},${bottom}]`, ...rest };
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${tag}${written.join("")}>${inner}</${tag}>`;
}

function escapeXml(value: unknown): string {
  return String(value).replaceAll(/[&<>"\n\r\t]/gu, (char) => `&#${char.codePointAt(0)};`);
}
