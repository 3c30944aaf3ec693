/** Makes trees for tests: attributes by name, bounds as `[left, top, right, bottom]`. */
export interface NodeSpec {
  class?: string;
  bounds?: [number, number, number, number];
  children?: NodeSpec[];
  [attribute: string]: unknown;
}

export function treeXml(...roots: NodeSpec[]): string {
  return `<hierarchy rotation="0">${placed(roots).map(nodeXml).join("")}</hierarchy>`;
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

function nodeXml({
  class: name = "android.view.View",
  bounds = [0, 0, 0, 0],
  children = [],
  ...rest
}: NodeSpec): string {
  const [left, top, right, bottom] = bounds;
  const attributes = { package: "app", class: name, bounds: `[${left},${top}][${right},${bottom}]`, ...rest };
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<node${written.join("")}>${children.map(nodeXml).join("")}</node>`;
}

function escapeXml(value: unknown): string {
  return String(value).replaceAll(/[&<>"\n\r\t]/gu, (char) => `&#${char.codePointAt(0)};`);
}
