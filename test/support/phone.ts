import { SaxesParser } from "saxes";
import { apps } from "../../src/sim/apps/index.ts";
import { createSimulatedDevice, type SimulatedDevice } from "../../src/sim/device.ts";
import type { SettingsNamespace, SqlValue } from "../../src/sim/system/services.ts";
import { createWindows } from "../../src/sim/ui/index.ts";

/** A node of the UI tree, as `uiautomator dump` has it. */
export interface PhoneNode {
  text: string;
  desc: string;
  /** Full resource id. */
  id: string;
  className: string;
  enabled: boolean;
  clickable: boolean;
  checked: boolean;
  selected: boolean;
  focused: boolean;
  scrollable: boolean;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A text or description as a whole, or any of these; an id without its package. */
export type NodeQuery = string | { text?: string; desc?: string; id?: string; contains?: string };

/** A simulated phone with all apps, used as a person would: by what its screen says. */
export interface PhoneUser {
  readonly device: SimulatedDevice;
  /** Back to how the phone was when it was made. */
  reset(): void;
  nodes(): PhoneNode[];
  /** Every text on the screen, from the top. */
  texts(): string[];
  find(query: NodeQuery): PhoneNode | undefined;
  /** The node; scrolls down for it, and fails where it is nowhere. */
  see(query: NodeQuery): PhoneNode;
  /** Taps the middle of the node, after scrolling down to it. */
  tap(query: NodeQuery): void;
  longPress(query: NodeQuery): void;
  /** A tap at a part of a node's width: 0 is its left edge, 1 its right one. */
  tapAt(query: NodeQuery, part: number): void;
  /** Types into the focused field. */
  type(text: string): void;
  /** Taps a field, removes what it holds and types. */
  fillIn(query: NodeQuery, text: string): void;
  /** Drags across a node, from one part of its width and height to another. */
  swipe(query: NodeQuery, from: [x: number, y: number], to: [x: number, y: number]): void;
  swipeUp(): void;
  back(): void;
  home(): void;
  recents(): void;
  enter(): void;
  /** Starts an app's launcher activity, or any activity by `package/.Activity`. */
  open(packageOrComponent: string): void;
  /** Lets the device's clock run. */
  wait(ms: number): void;
  sql(path: string, query: string): Record<string, SqlValue>[];
  setting(namespace: SettingsNamespace, key: string): string | undefined;
}

const key = { home: 3, back: 4, enter: 66, del: 67, recents: 187, end: 123 };

export function usePhone(seed = 1): PhoneUser {
  const device = createSimulatedDevice({ seed, apps, createWindows });
  const { phone } = device;
  const { windows } = phone;

  function nodes(): PhoneNode[] {
    const found: PhoneNode[] = [];
    const parser = new SaxesParser();
    parser.on("opentag", ({ name, attributes }) => {
      if (name === "node") found.push(nodeOf(attributes));
    });
    parser.write(windows.dump()).close();
    return found;
  }

  function find(query: NodeQuery): PhoneNode | undefined {
    return nodes().find((node) => matches(node, query));
  }

  const point = (node: PhoneNode, [x, y]: [number, number]): [number, number] => [
    Math.round(node.left + (node.right - node.left - 1) * x),
    Math.round(node.top + (node.bottom - node.top - 1) * y),
  ];

  function see(query: NodeQuery): PhoneNode {
    for (let before = ""; ;) {
      const node = find(query);
      if (node !== undefined) return node;
      const dump = windows.dump();
      const list = nodes().findLast(
        (each) => each.scrollable && each.bottom - each.top > each.right - each.left,
      );
      if (dump === before || list === undefined)
        throw new Error(`${JSON.stringify(query)} is not on the screen: ${JSON.stringify(user.texts())}`);
      before = dump;
      windows.swipe(...point(list, [0.5, 0.85]), ...point(list, [0.5, 0.25]), 300);
    }
  }

  const fresh = device.save();
  const user: PhoneUser = {
    device,
    reset: () => device.restore(fresh),
    nodes,
    texts: () => nodes().flatMap((node) => (node.text === "" ? [] : [node.text])),
    find,
    see,
    tap: (query) => windows.tap(...point(see(query), [0.5, 0.5])),
    longPress: (query) => windows.longPress(...point(see(query), [0.5, 0.5])),
    tapAt: (query, part) => windows.tap(...point(see(query), [part, 0.5])),
    type: (text) => windows.type(text),
    fillIn(query, text) {
      user.tap(query);
      windows.key(key.end);
      for (let n = see(query).text.length; n > 0; n--) windows.key(key.del);
      windows.type(text);
    },
    swipe(query, from, to) {
      const node = see(query);
      windows.swipe(...point(node, from), ...point(node, to), 300);
    },
    swipeUp: () =>
      windows.swipe(windows.width / 2, windows.height * 0.7, windows.width / 2, windows.height * 0.2, 300),
    back: () => windows.key(key.back),
    home: () => windows.key(key.home),
    recents: () => windows.key(key.recents),
    enter: () => windows.key(key.enter),
    open(target) {
      const intent = target.includes("/")
        ? { component: target }
        : {
            action: "android.intent.action.MAIN",
            categories: ["android.intent.category.LAUNCHER"],
            package: target,
          };
      if (phone.activities.start(intent).outcome === "notFound") throw new Error(`no activity for ${target}`);
      windows.invalidate();
    },
    wait(ms) {
      phone.clock.advance(ms);
      phone.tick();
    },
    sql: (path, query) => phone.databases.open(path).all(query),
    setting: (namespace, name) => phone.settings.get(namespace, name),
  };
  return user;
}

function nodeOf(attributes: Record<string, string>): PhoneNode {
  const of = (name: string): string => attributes[name] ?? "";
  const [left = 0, top = 0, right = 0, bottom = 0] = (of("bounds").match(/\d+/gu) ?? []).map(Number);
  return {
    text: of("text"),
    desc: of("content-desc"),
    id: of("resource-id"),
    className: of("class"),
    enabled: of("enabled") === "true",
    clickable: of("clickable") === "true",
    checked: of("checked") === "true",
    selected: of("selected") === "true",
    focused: of("focused") === "true",
    scrollable: of("scrollable") === "true",
    left,
    top,
    right,
    bottom,
  };
}

function matches(node: PhoneNode, query: NodeQuery): boolean {
  if (typeof query === "string") return node.text === query || node.desc === query;
  return (
    (query.text === undefined || node.text === query.text) &&
    (query.desc === undefined || node.desc === query.desc) &&
    (query.id === undefined || node.id.endsWith(`:id/${query.id}`)) &&
    (query.contains === undefined || node.text.includes(query.contains) || node.desc.includes(query.contains))
  );
}
