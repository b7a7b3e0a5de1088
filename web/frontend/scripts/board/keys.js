// The keys: arrows go from cell to cell, letters change the chosen one.

import { change, changeLock, redo, undo } from "./changes.js";
import { cellAt, days, isDay, linkOf, positionOf, rows, table } from "./grid.js";
import { choose, chosenCell } from "./selection.js";

const help = document.getElementById("keyboard");
const KINDS = { O: "office", C: "court", P: "partner", N: "prison", H: "home" };

const STEPS = {
  ArrowUp: ({ row, column }) => [row - 1, column],
  ArrowDown: ({ row, column }) => [row + 1, column],
  ArrowLeft: ({ row, column }) => [row, column - 1],
  ArrowRight: ({ row, column }) => [row, column + 1],
  Home: ({ row }) => [row, 0],
  End: ({ row }) => [row, days.length - 1],
  PageUp: ({ row, column }) => [Math.max(row - 10, 0), column],
  PageDown: ({ row, column }) => [Math.min(row + 10, rows.length - 1), column],
};

const ACTIONS = {
  L: changeLock,
  U: undo,
  R: redo,
  "?": () => help.focus(),
};

// Does what the key does, and answers whether it does anything.
export const press = (key) => {
  if (KINDS[key]) {
    change("kind", KINDS[key]);
  } else if (ACTIONS[key]) {
    ACTIONS[key]();
  } else {
    return false;
  }
  return true;
};

const pressWithControl = (event) => {
  const key = event.key.toLowerCase();
  if (key === "z" || key === "y") {
    event.preventDefault();
    (key === "z" ? undo : redo)();
  }
};

const goTo = (cell, key) => {
  if (isDay(cell)) {
    choose(cell);
  } else if (key === "ArrowLeft") {
    linkOf(chosenCell().parentElement)?.focus();
  }
};

const pressInGrid = (event) => {
  const cell = chosenCell();
  if (event.key === "ArrowRight" && event.target === linkOf(cell.parentElement)) {
    event.preventDefault();
    choose(cell);
    return;
  }
  if (event.target !== cell || event.altKey || event.metaKey) {
    return;
  }
  if (event.ctrlKey) {
    pressWithControl(event);
    return;
  }
  const step = STEPS[event.key];
  if (step) {
    event.preventDefault();
    goTo(cellAt(...step(positionOf(cell))), event.key);
  } else if (press(event.key.length === 1 ? event.key.toUpperCase() : event.key)) {
    event.preventDefault();
  }
};

export const listenToKeys = () => {
  table.addEventListener("keydown", pressInGrid);
  help.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosenCell()) {
      choose(chosenCell());
    }
  });
};
