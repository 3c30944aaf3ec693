/** The pictograms, as SVG path data on a grid of 24 by 24: lines two units wide, and filled shapes. */
import { Path2D } from "@napi-rs/canvas";
import type { Context } from "./canvas.ts";
import type { IconName } from "./view.ts";

interface Shape {
  stroke?: string;
  fill?: string;
}

function circle(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

const face = circle(12, 12, 9);
const page = "M6 3h8l5 5v13h-13z M14 3v5h5";

const shapes: Record<IconName, Shape> = {
  back: { stroke: "M20 12H5 M12 5l-7 7 7 7" },
  close: { stroke: "M6 6l12 12 M18 6L6 18" },
  menu: { stroke: "M4 6h16 M4 12h16 M4 18h16" },
  more: { fill: circle(12, 5.5, 1.9) + circle(12, 12, 1.9) + circle(12, 18.5, 1.9) },
  search: { stroke: `${circle(10, 10, 6)} M14.5 14.5L20.5 20.5` },
  add: { stroke: "M12 5v14 M5 12h14" },
  edit: { stroke: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z M13.5 7l3.5 3.5" },
  delete: { stroke: "M5 6.5h14 M9 6V4h6v2 M6.5 7l1 13.5h9l1-13.5 M10 10.5v6.5 M14 10.5v6.5" },
  save: { stroke: `M4 4h13l3 3v13H4z M8 4v5h7V4 ${box(7, 13, 10, 7)}` },
  share: {
    stroke: "M8.5 10.8L15.5 6.7 M8.5 13.2l7 4.1",
    fill: circle(6, 12, 3) + circle(18, 5.5, 3) + circle(18, 18.5, 3),
  },
  check: { stroke: "M4.5 12.5l5 5L20 7" },
  star: { stroke: "M12 3.5l2.6 5.6 6 .7-4.4 4.1 1.2 6-5.4-3-5.4 3 1.2-6-4.4-4.1 6-.7z" },
  settings: {
    stroke: `${circle(12, 12, 6)} ${circle(12, 12, 2)} M12 2v3.5 M12 18.5V22 M2 12h3.5 M18.5 12H22 M5 5l2.4 2.4 M16.6 16.6L19 19 M19 5l-2.4 2.4 M7.4 16.6L5 19`,
  },
  person: { fill: `${circle(12, 8, 4)} M4 20c0-4 4-6 8-6s8 2 8 6z` },
  phone: {
    fill: "M6.5 3L10 4l.8 4.2-2.3 1.9c1.2 2.4 3 4.2 5.4 5.4l1.9-2.3 4.2.8 1 3.5c-.4 2.3-1.7 3.4-3.5 3.5C9.6 20.5 3.5 14.4 3 6.5 3.1 4.7 4.2 3.4 6.5 3z",
  },
  message: { stroke: "M4 4h16v12H8l-4 4z M8 8.5h8 M8 12h5" },
  send: { fill: "M3 20.5L21.5 12 3 3.5v6.6l12 1.9-12 1.9z" },
  folder: { fill: "M3 5.5h6.5l2 2.5H21v11.5H3z" },
  file: { stroke: `${page} M9 13h7 M9 17h7` },
  image: { stroke: "M3.5 4.5h17v15h-17z M5 17l4.5-5.5 3.5 4 2.5-3 4 4.5", fill: circle(15.5, 8.5, 1.5) },
  wifi: {
    stroke: "M2.5 9.5a13.5 13.5 0 0 1 19 0 M6 13.2a8.5 8.5 0 0 1 12 0 M9.2 16.5a4 4 0 0 1 5.6 0",
    fill: circle(12, 19.5, 1.5),
  },
  bluetooth: { stroke: "M6.5 7.5l11 9L12 21V3l5.5 4.5-11 9" },
  airplane: {
    fill: "M12 2c1 0 1.6.9 1.6 2v5.2L21 14v2l-7.4-2.3v4.6L16 20v1.5l-4-1-4 1V20l2.4-1.7v-4.6L3 16v-2l7.4-4.8V4c0-1.1.6-2 1.6-2z",
  },
  brightness: {
    stroke:
      "M12 2v2.5 M12 19.5V22 M2 12h2.5 M19.5 12H22 M5 5l1.8 1.8 M17.2 17.2L19 19 M19 5l-1.8 1.8 M6.8 17.2L5 19",
    fill: circle(12, 12, 4.5),
  },
  info: { stroke: `${face} M12 11v6`, fill: circle(12, 7.5, 1.3) },
  battery: { fill: "M9.5 2h5v2H17v18H7V4h2.5z" },
  clock: { stroke: `${face} M12 6.5V12l4 2.5` },
  alarm: { stroke: `${circle(12, 13, 7.5)} M12 9v4.5l3 2 M3 6l4-3.5 M21 6l-4-3.5` },
  timer: { stroke: "M6.5 3h11 M6.5 21h11 M8 3v4.5l4 4.5 4-4.5V3 M8 21v-4.5l4-4.5 4 4.5V21" },
  stopwatch: { stroke: `${circle(12, 13.5, 7.5)} M12 9.5v4.5 M9 2.5h6 M18 6.5l1.5 1.5` },
  play: { fill: "M7 4l13 8-13 8z" },
  pause: { fill: box(6, 5, 4, 14) + box(14, 5, 4, 14) },
  stop: { fill: box(6, 6, 12, 12) },
  reset: { stroke: "M5 4v5h5 M5.5 9a8 8 0 1 1-1.3 5" },
  calendar: {
    stroke: `${box(4, 5, 16, 15.5)} M4 10h16 M8 2.5v4 M16 2.5v4`,
    fill: circle(9, 14.5, 1.2) + circle(14, 14.5, 1.2),
  },
  apps: {
    fill: [5, 12, 19].flatMap((y) => [5, 12, 19].map((x) => circle(x, y, 2))).join(""),
  },
  "chevron-right": { stroke: "M9 5l7 7-7 7" },
  "chevron-left": { stroke: "M15 5l-7 7 7 7" },
  expand: { stroke: "M5 9l7 7 7-7" },
  collapse: { stroke: "M5 15l7-7 7 7" },
  sort: { stroke: "M4 6.5h16 M4 12h11 M4 17.5h6" },
  filter: { stroke: "M3.5 5h17l-6.5 8v6l-4 2v-8z" },
  copy: { stroke: `${box(8.5, 8, 11, 13)} M15.5 4.5V4H4.5v12.5H5` },
  cut: { stroke: `${circle(6.5, 18, 2.8)} ${circle(17.5, 18, 2.8)} M8 15.5L17 3 M16 15.5L7 3` },
  home: { fill: "M12 3l9 8h-2.5v9.5h-5V14h-3v6.5h-5V11H3z" },
  recents: { stroke: box(5, 5, 14, 14) },
  keyboard: {
    stroke: `${box(2.5, 5.5, 19, 13)} M8 15h8`,
    fill: [6, 10, 14, 18].map((x) => circle(x, 10, 1.1)).join(""),
  },
  backspace: { stroke: "M8 5h13v14H8l-6-7z M11.5 9l6 6 M17.5 9l-6 6" },
  enter: { stroke: "M20 5v7H5 M9.5 7.5L5 12l4.5 4.5" },
  lock: { stroke: "M8 10V7a4 4 0 0 1 8 0v3", fill: box(5, 10, 14, 11) },
  sound: { fill: "M3 9h4l5-5v16l-5-5H3z", stroke: "M15.5 8.5a5 5 0 0 1 0 7 M18 5.5a9 9 0 0 1 0 13" },
  display: { stroke: `${box(3, 4, 18, 12.5)} M8 20.5h8 M12 17v3` },
  storage: {
    stroke: `${box(3, 4, 18, 4.5)} ${box(3, 9.8, 18, 4.5)} ${box(3, 15.6, 18, 4.5)}`,
    fill: circle(6.5, 6.2, 1) + circle(6.5, 12, 1) + circle(6.5, 17.8, 1),
  },
  location: { stroke: `M12 21.5c-4.5-5-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2.5 7-7 12z ${circle(12, 9.5, 2.2)}` },
  notifications: {
    stroke: "M4.5 17.5h15 M6.5 17.5V11a5.5 5.5 0 0 1 11 0v6.5 M12 3v2",
    fill: "M9.5 19.5h5a2.5 2.5 0 0 1-5 0z",
  },
  email: { stroke: `${box(3, 5, 18, 14)} M3.5 6l8.5 7 8.5-7` },
  attach: { stroke: "M17.5 6.5v10a5.5 5.5 0 0 1-11 0V6.5a3.7 3.7 0 0 1 7.4 0v9.5a1.9 1.9 0 0 1-3.8 0V7.5" },
  view: {
    stroke: `M2 12c2.5-4.5 6-6.5 10-6.5s7.5 2 10 6.5c-2.5 4.5-6 6.5-10 6.5S4.5 16.5 2 12z ${circle(12, 12, 3)}`,
  },
  today: { stroke: `${box(4, 5, 16, 15.5)} M4 10h16 M8 2.5v4 M16 2.5v4`, fill: box(7, 12.5, 4.5, 4.5) },
  flag: { stroke: "M5.5 21.5V3.5", fill: "M6 4h13l-3 4.5 3 4.5H6z" },
  lap: { stroke: `${circle(12, 13.5, 7.5)} M9 2.5h6 M12 13.5V9.5 M12 13.5l3 3` },
  shift: { stroke: "M12 4l7.5 8H15v7H9v-7H4.5z" },
  flashlight: { stroke: "M8 3h8v3l-2 3.5V21h-4V9.5L8 6z M8 6h8", fill: circle(12, 13, 1.2) },
  "do-not-disturb": { stroke: `${face} M8 12h8` },
  rotate: { stroke: "M8 7l5-3 7 11-5 3z M3.5 13a8.5 8.5 0 0 0 6 7.5 M20.5 9A8.5 8.5 0 0 0 16 3.5" },
};

interface Paths {
  stroke?: Path2D;
  fill?: Path2D;
}

const paths = new Map<IconName, Paths>();

function pathsOf(name: IconName): Paths {
  let found = paths.get(name);
  if (!found) {
    const { stroke, fill } = shapes[name];
    found = {
      ...(stroke ? { stroke: new Path2D(stroke) } : {}),
      ...(fill ? { fill: new Path2D(fill) } : {}),
    };
    paths.set(name, found);
  }
  return found;
}

/** Draws a pictogram with its upper left corner at a point, `side` pixels wide and high. */
export function drawIcon(
  context: Context,
  name: IconName,
  left: number,
  top: number,
  side: number,
  color: string,
): void {
  const { stroke, fill } = pathsOf(name);
  context.save();
  context.translate(left, top);
  context.scale(side / 24, side / 24);
  if (fill) {
    context.fillStyle = color;
    context.fill(fill);
  }
  if (stroke) {
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.stroke(stroke);
  }
  context.restore();
}
