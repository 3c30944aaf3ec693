import type { View } from "../../src/sim/ui/view.ts";
import type { WindowHost, Windows } from "../../src/sim/ui/windows.ts";

/** Windows without layout or drawing: the dump lists the texts, typing goes to the first field. */
export function createFakeWindows(host: WindowHost): Windows {
  let toast = "";
  const views = (): View[] => flatten(host.foreground().content()!.root);
  const field = (): Extract<View, { kind: "textField" }> | undefined =>
    views().find((view) => view.kind === "textField");
  const type = (text: string): void => {
    const target = field();
    target?.onChange(target.value + text);
  };
  return {
    width: 1080,
    height: 2400,
    rotation: 0,
    idle: true,
    keyboardShown: false,
    asksForKeys: true,
    awake: true,
    tap(_x, y) {
      const tappable = views().filter((view) => view.onTap !== undefined);
      host.attempt(() => tappable[y]?.onTap?.());
    },
    longPress: () => {},
    swipe: () => {},
    key(code) {
      if (code === 4) host.back();
      if (code === 3) host.home();
      if (code === 187) host.recents();
      if (code === 66) field()?.onSubmit?.();
    },
    type,
    commitText: type,
    editorAction: () => field()?.onSubmit?.(),
    dump() {
      const { package: owner } = host.foreground();
      const nodes = views()
        .filter((view) => view.kind === "text")
        .map((view) => `<node text="${view.kind === "text" ? view.text : ""}" package="${owner}" />`);
      return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">${nodes.join("")}</hierarchy>`;
    },
    accessibilityWindows() {
      const { id, package: owner } = host.foreground();
      const bounds = { left: 0, top: 0, right: 1080, bottom: 2400 };
      const children = views()
        .filter((view) => view.kind === "text")
        .map(({ text }) => ({ className: "android.widget.TextView", bounds, text, children: [] }));
      const root = { className: "android.widget.FrameLayout", bounds, children };
      const place = { title: "", package: owner, layer: 0, bounds, active: true, focused: true, root };
      return [{ ...place, id, type: "application" }];
    },
    pixels: () => Buffer.alloc(1080 * 2400 * 4, 7),
    png: async () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xc3, 0xa9, 0, 255]),
    windows: () => [{ kind: "activity", secure: false }],
    stopResponding: () => {},
    openShade: () => {},
    closeShade: () => {},
    systemFocus: undefined,
    lastToast: undefined,
    hideKeyboard: () => {},
    focusField: () => {},
    scrollToStart: () => {},
    toast(text) {
      toast = text;
    },
    save: () => toast,
    restore(state) {
      toast = typeof state === "string" ? state : "";
    },
    invalidate: () => {},
  };
}

function flatten(view: View): View[] {
  const children = view.kind === "box" || view.kind === "scroll" ? view.children : [];
  return [view, ...children.flatMap(flatten)];
}
