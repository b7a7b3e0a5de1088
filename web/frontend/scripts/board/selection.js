// The chosen cell: the one cell of the grid that is reached with Tab, and that keys change.

import { isDay } from "./grid.js";
import { describeCell, say } from "./status.js";

let chosen = null;

export const chosenCell = () => chosen;

// Lets Tab reach this cell, without going there.
export const mark = (cell) => {
  chosen?.setAttribute("tabindex", "-1");
  chosen = cell;
  chosen?.setAttribute("tabindex", "0");
};

export const choose = (cell, { isQuiet } = {}) => {
  if (!isDay(cell)) {
    return;
  }
  mark(cell);
  cell.focus();
  if (!isQuiet) {
    say(describeCell(cell));
  }
};
