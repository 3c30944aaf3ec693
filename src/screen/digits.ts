/**
 * Digits as bitmaps, so that numbers can be written on any machine: servers have no fonts. Five columns by seven
 * rows, the classic size of dot-matrix displays; each string is one row of one digit.
 */
const rows = [
  [" ### ", "  #  ", " ### ", " ### ", "   # ", "#####", " ### ", "#####", " ### ", " ### "],
  ["#   #", " ##  ", "#   #", "#   #", "  ## ", "#    ", "#    ", "    #", "#   #", "#   #"],
  ["#  ##", "  #  ", "    #", "    #", " # # ", "#### ", "#    ", "   # ", "#   #", "#   #"],
  ["# # #", "  #  ", "   # ", "  ## ", "#  # ", "    #", "#### ", "  #  ", " ### ", " ####"],
  ["##  #", "  #  ", "  #  ", "    #", "#####", "    #", "#   #", "  #  ", "#   #", "    #"],
  ["#   #", "  #  ", " #   ", "#   #", "   # ", "#   #", "#   #", "  #  ", "#   #", "    #"],
  [" ### ", " ### ", "#####", " ### ", "   # ", " ### ", " ### ", "  #  ", " ### ", " ### "],
];

export const digitWidth = 5;
export const digitHeight = rows.length;

/** Whether a digit has ink in a column and row. */
export function hasInk(digit: number, column: number, row: number): boolean {
  return rows[row]?.[digit]?.[column] === "#";
}
