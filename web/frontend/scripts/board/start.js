// The board at the keyboard: each change is saved at once, and the server says what gets better and
// worse. Without this, each officer has a page. Here the table becomes a grid of which one cell at a
// time is reached with Tab, and goes on where it was before the page was loaded again.

import { cellAt, days, findCell, linkOf, rows, table } from "./grid.js";
import { listenToKeys } from "./keys.js";
import { takeKept } from "./memory.js";
import { listenToPointer, tools } from "./pointer.js";
import { choose, mark } from "./selection.js";
import { say } from "./status.js";

const becomeGrid = () => {
  table.setAttribute("role", "grid");
  for (const row of rows) {
    linkOf(row)?.setAttribute("tabindex", "-1");
    for (let column = 1; column <= days.length; column += 1) {
      row.cells[column].tabIndex = -1;
    }
  }
};

const goOn = () => {
  const position = takeKept("cell");
  const text = takeKept("status");
  const cell = position && findCell(...position);
  if (!cell) {
    mark(cellAt(0, 0) ?? null);
    return;
  }
  choose(cell);
  if (text) {
    say(text);
  }
};

listenToKeys();
listenToPointer();
becomeGrid();
tools.hidden = false;
goOn();
