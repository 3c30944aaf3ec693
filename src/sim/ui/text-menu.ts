/** The floating bar over a field that was pressed long: cut, copy, paste, select all. */
import { KEY } from "./keycodes.ts";
import { layOut, pathTo, type Box } from "./layout.ts";
import { px, rect, type Rect } from "./metrics.ts";
import type { WindowState } from "./state.ts";
import type { TextFieldView, View } from "./view.ts";
import { row, text } from "./widgets.ts";

interface Item {
  label: string;
  /** The key that does the same. */
  code: number;
  held: readonly number[];
}

export interface TextMenu {
  box: Box;
  itemAt(x: number, y: number): Item | undefined;
}

const HEIGHT = px(48);
const GAP = px(8);

/** What can be done, as android.widget.Editor offers it. Passwords do not leave their field. */
function itemsOf(field: TextFieldView, { focus }: WindowState, clipboard: string): Item[] {
  const selected = focus ? Math.abs(focus.cursor - focus.anchor) : 0;
  const may = selected > 0 && field.password !== true;
  return [
    ...(may ? [{ label: "Cut", code: KEY.CUT, held: [] }] : []),
    ...(may ? [{ label: "Copy", code: KEY.COPY, held: [] }] : []),
    ...(clipboard === "" ? [] : [{ label: "Paste", code: KEY.PASTE, held: [] }]),
    ...(selected < field.value.length ? [{ label: "Select all", code: KEY.A, held: [KEY.CTRL_LEFT] }] : []),
  ];
}

function viewOf(items: readonly Item[]): View {
  const cells = items.map(({ label }) =>
    row([text(label, { id: "android:id/floating_toolbar_menu_item_text", size: 14, bold: true })], {
      desc: label,
      // Only to be seen as tappable: the window manager asks for the item.
      onTap: () => undefined,
      style: { height: 48, paddingHorizontal: 16 },
    }),
  );
  return row(cells, { id: "android:id/floating_popup_container" });
}

/** Above the field, or below it where there is no room; nothing where there is nothing to do. */
export function textMenuOf(
  active: Box,
  field: TextFieldView,
  window: WindowState,
  clipboard: string,
  area: Rect,
): TextMenu | undefined {
  const place = pathTo(active, (box) => box.view === field)?.at(-1)?.visible;
  const items = itemsOf(field, window, clipboard);
  if (!place || items.length === 0) return undefined;
  const view = viewOf(items);
  const size = layOut(view, { left: 0, top: 0 }, area, () => 0).rect;
  const width = size.right - size.left;
  const above = place.top - GAP - HEIGHT;
  const top = above >= area.top ? above : place.bottom + GAP;
  const left = Math.min(Math.max(area.left, place.left), area.right - width);
  const box = layOut(view, { left, top }, rect(left, top, width, HEIGHT), () => 0);
  const itemAt = (x: number, y: number): Item | undefined => {
    const at = box.children.findIndex(
      ({ rect: cell }) => x >= cell.left && x < cell.right && y >= cell.top && y < cell.bottom,
    );
    return items[at];
  };
  return { box, itemAt };
}
