/** Where an action goes: an element of the screen that the agent saw, or a point in its pixels. */
export type Target = { kind: "element"; index: number } | { kind: "point"; x: number; y: number };

export type Direction = "up" | "down" | "left" | "right";

export type Key = "enter" | "home" | "back" | "recents";

/**
 * Everything an agent can do. An element index always means the index on the screen the agent
 * saw when it decided.
 *
 * - `inputText` replaces the text of the target field, or of the focused field without a target.
 * - `scroll` names the direction in which the view moves: `down` shows what lies below (the finger
 *   goes up). `swipe` names the direction of the finger. With `to`, which needs a target, the finger
 *   goes from the one straight to the other and stops there; `direction` is then the main one.
 * - `quote` notes something for later steps; it does not touch the device.
 * - `answer` reports a result to the user without ending the episode; `finish` ends it, and its
 *   message counts as an answer where none was given before.
 * - `callApi` calls a declared app interface by name.
 */
export type Action =
  | { type: "tap"; target: Target }
  | { type: "doubleTap"; target: Target }
  | { type: "longPress"; target: Target }
  | { type: "inputText"; text: string; target?: Target }
  | { type: "press"; key: Key }
  | { type: "scroll"; direction: Direction; target?: Target }
  | { type: "swipe"; direction: Direction; target?: Target; to?: Target }
  | { type: "openApp"; app: string }
  | { type: "wait"; ms: number }
  | { type: "quote"; content: string }
  | { type: "answer"; text: string }
  | { type: "finish"; status: "complete" | "infeasible"; message: string }
  | { type: "callApi"; name: string; args: Record<string, string | number | boolean> };

export type ActionType = Action["type"];
