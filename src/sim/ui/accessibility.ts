/** The windows on the screen as the accessibility service tells of them, the topmost first. */
import type { PlacedKey } from "./keyboard.ts";
import type { Box } from "./layout.ts";
import type { Rect } from "./metrics.ts";
import type { Overlay, Stage } from "./stage.ts";
import { navigationBarTree, statusBarTree, SYSTEM_UI } from "./bar-trees.ts";
import type { Bars } from "./system-bars.ts";
import { activityTree, numberDrawing, overlayTree, treeOf, type TreeNode } from "./tree.ts";
import type { IconName } from "./view.ts";
import type { AccessibilityWindow } from "./windows.ts";

/** Order of AOSP's WindowManagerPolicy.getWindowLayerFromTypeLw, from which the layers here follow. */
const LAYERS = {
  activity: 0,
  overlay: 1,
  textMenu: 2,
  system: 3,
  keyboard: 4,
  statusBar: 5,
  shade: 6,
  shadeDialog: 7,
  navigationBar: 8,
};
/** Below those of the apps' windows, which follow from the number of their activity. */
const IDS = { navigationBar: 1, statusBar: 2, keyboard: 3, textMenu: 4, shade: 5, shadeDialog: 6 };
const FIRST_APP_ID = 10;

const actionNames: Partial<Record<IconName, string>> = {
  enter: "Enter",
  search: "Search",
  check: "Done",
  "chevron-right": "Next",
  shift: "Shift",
  backspace: "Delete",
};

/** Gboard's name of a key: what it does has an id of its own, what it types one by row and place. */
function keyId({ action, icon }: PlacedKey, row: number, at: number): string {
  if (action.type === "backspace") return "key_pos_del";
  if (action.type === "enter") return "key_pos_ime_action";
  if (action.type === "page")
    return icon === "shift" ? "key_pos_shift" : "key_pos_non_prime_category_keyboard";
  return action.text === " " ? "key_pos_space" : `key_pos_${row}_${at}`;
}

function keyDesc({ label, icon, action }: PlacedKey): string {
  if (icon) return actionNames[icon] ?? "";
  if (action.type === "text" && action.text === " ") return "Space";
  return label;
}

function keyboardTree(keys: readonly PlacedKey[], bounds: Rect, packageName: string): TreeNode {
  const id = (name: string): string => `${packageName}:id/${name}`;
  const tops = [...new Set(keys.map((key) => key.rect.top))];
  const rows = tops.map((top, row): TreeNode => {
    const inRow = keys.filter((key) => key.rect.top === top);
    return {
      className: "android.widget.LinearLayout",
      bounds: { ...bounds, top, bottom: inRow[0]!.rect.bottom },
      children: inRow.map((key, at) => ({
        className: "android.widget.FrameLayout",
        resourceId: id(keyId(key, row, at)),
        bounds: whole(key.rect),
        desc: keyDesc(key),
        clickable: true,
        longClickable: true,
        children: [],
      })),
    };
  });
  const view: TreeNode = {
    className: "android.widget.FrameLayout",
    resourceId: id("keyboard_view"),
    bounds,
    children: rows,
  };
  return {
    className: "android.widget.FrameLayout",
    bounds,
    children: [
      {
        className: "android.widget.FrameLayout",
        resourceId: id("keyboard_holder"),
        bounds,
        children: [view],
      },
    ],
  };
}

function whole({ left, top, right, bottom }: Rect): Rect {
  return {
    left: Math.round(left),
    top: Math.round(top),
    right: Math.round(right),
    bottom: Math.round(bottom),
  };
}

/** A dialog is called after its title, a menu after its kind of window. */
function overlayTitle(root: TreeNode, { look, system }: Overlay, id: number): string {
  // An accessibility service is told of a title that a window was given for it, which the shade was not.
  if (system) return system.layer === "system" ? system.title : "";
  if (look === "menu") return `PopupWindow:${id.toString(16)}`;
  const title = (node: TreeNode): string | undefined =>
    node.resourceId?.endsWith(":id/alertTitle") ? node.text : node.children.map(title).find(Boolean);
  return title(root) ?? "";
}

/**
 * The window that takes touches. A dialog, menu or sheet is modal: its touch region is the whole
 * screen, so that AccessibilityWindowManager reports nothing that lies behind it.
 */
function activeWindow(stage: Stage): AccessibilityWindow {
  const { activity, overlays, display } = stage;
  const top = overlays.at(-1);
  const owner = top?.system?.package ?? activity.package;
  const content = treeOf(stage.active, owner, stage.focusedField && stage.window.focus);
  const id = FIRST_APP_ID + 3 * activity.id;
  const common = { type: "application", package: owner, active: true, focused: true } as const;
  if (top) {
    const { system } = top;
    const isShade = system?.layer === "shade" && content !== undefined;
    const root = numberDrawing(isShade ? content : overlayTree(content, top.box.rect));
    return {
      ...common,
      type: system ? "system" : "application",
      id: system && system.layer !== "system" ? IDS[system.layer] : id + overlays.length,
      title: overlayTitle(root, top, id),
      layer: LAYERS[system?.layer ?? "overlay"],
      bounds: top.box.rect,
      root,
    };
  }
  const root = numberDrawing(activityTree(content, stage.base.rect, display));
  return { ...common, id, title: activity.label ?? "", layer: LAYERS.activity, bounds: root.bounds, root };
}

/** The floating bar takes the touches on it and no others, so that both it and its field are reported. */
function textMenuWindow(box: Box, below: AccessibilityWindow): AccessibilityWindow {
  const root = numberDrawing(overlayTree(treeOf(box, below.package, undefined), box.rect));
  return {
    ...below,
    id: IDS.textMenu,
    title: `PopupWindow:${below.id.toString(16)}`,
    active: false,
    focused: false,
    layer: LAYERS.textMenu,
    bounds: box.rect,
    root,
  };
}

/** `inputMethod` is the package of the one whose keys are shown. */
export function windowsOf(stage: Stage, bars: Bars, inputMethod: string): AccessibilityWindow[] {
  const { display, keyboard } = stage;
  const system = { type: "system", package: SYSTEM_UI, active: false, focused: false } as const;
  const windows: AccessibilityWindow[] = [
    {
      ...system,
      id: IDS.navigationBar,
      title: "Navigation bar",
      layer: LAYERS.navigationBar,
      bounds: display.navigationBar,
      root: numberDrawing(navigationBarTree(display)),
    },
  ];
  // The shade covers all of the status bar, so that nothing is reported of it.
  if (!stage.overlays.some((overlay) => overlay.look === "shade"))
    windows.push({
      ...system,
      id: IDS.statusBar,
      title: "",
      layer: LAYERS.statusBar,
      bounds: display.statusBar,
      root: numberDrawing(statusBarTree(bars, display)),
    });
  if (keyboard) {
    windows.push({
      ...system,
      type: "inputMethod",
      id: IDS.keyboard,
      title: "",
      package: inputMethod,
      layer: LAYERS.keyboard,
      bounds: keyboard.rect,
      root: numberDrawing(keyboardTree(keyboard.keys, keyboard.rect, inputMethod)),
    });
  }
  const active = activeWindow(stage);
  const menu = stage.textMenu && textMenuWindow(stage.textMenu.box, active);
  return menu ? [...windows, menu, active] : [...windows, active];
}
