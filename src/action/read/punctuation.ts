/** What closes a string, by what opens it. */
export const closers: Record<string, string> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "\u201C": '\u201D\u201C"',
  "\u201D": '\u201D\u201C"',
  "\u201E": '\u201D\u201C"',
  "\u2018": "\u2019\u2018'",
  "\u2019": "\u2019\u2018'",
  "\uFF02": "\uFF02",
  "\uFF07": "\uFF07",
};

/** Full-width punctuation that keyboards for Chinese write, and what it stands for outside strings. */
export const halfWidth: Record<string, string> = {
  "\uFF08": "(",
  "\uFF09": ")",
  "\uFF3B": "[",
  "\uFF3D": "]",
  "\u3010": "[",
  "\u3011": "]",
  "\uFF5B": "{",
  "\uFF5D": "}",
  "\uFF0C": ",",
  "\u3001": ",",
  "\uFF1A": ":",
  "\uFF1D": "=",
};

/** What a letter after a backslash stands for. */
export const escapes: Record<string, string> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  "0": "\0",
  "\n": "",
};

/** Hexadecimal digits that follow a letter after a backslash. */
export const hexEscapes: Record<string, number> = { x: 2, u: 4, U: 8 };
