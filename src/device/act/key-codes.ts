/** Android key codes (android.view.KeyEvent). */
export const keyCodes = {
  home: 3,
  back: 4,
  enter: 66,
  delete: 67,
  forwardDelete: 112,
  moveEnd: 123,
  recents: 187,
  wakeUp: 224,
  paste: 279,
} as const;
