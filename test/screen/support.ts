/** Makes trees for tests: attributes by name, bounds as `[left, top, right, bottom]`. */
export interface NodeSpec {
  class?: string;
  bounds?: [number, number, number, number];
  children?: NodeSpec[];
  [attribute: string]: unknown;
}

export function treeXml(...roots: NodeSpec[]): string {
  return `<hierarchy rotation="0">${roots.map(nodeXml).join("")}</hierarchy>`;
}

function nodeXml({
  class: name = "android.view.View",
  bounds = [0, 0, 100, 100],
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
