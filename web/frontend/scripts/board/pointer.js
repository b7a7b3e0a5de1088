// The pointer: a click chooses a cell, does what a key does, or leads from a breach to its cell.

import { isDay, table } from "./grid.js";
import { press } from "./keys.js";
import { choose, chosenCell } from "./selection.js";

const CELLS = "tr[data-s] td";

export const tools = document.getElementById("board-tools");

const chooseClicked = (event) => {
  const cell = event.target.closest(CELLS);
  if (cell) {
    choose(cell);
  }
};

const chooseFocused = (event) => {
  if (event.target.matches(CELLS) && event.target !== chosenCell()) {
    choose(event.target);
  }
};

const pressTool = (event) => {
  const { key } = event.target.dataset;
  if (key) {
    press(key);
    chosenCell()?.focus();
  }
};

const followBreach = (event) => {
  const href = event.target.closest("#board-breaches a")?.getAttribute("href");
  const target = href && document.getElementById(href.slice(1));
  const cell = target?.matches("tr") ? target.cells[1] : target;
  if (isDay(cell) && cell.matches("td")) {
    event.preventDefault();
    choose(cell);
    cell.scrollIntoView({ block: "center", inline: "center" });
  }
};

export const listenToPointer = () => {
  table.addEventListener("click", chooseClicked);
  table.addEventListener("focusin", chooseFocused);
  tools.addEventListener("click", pressTool);
  document.addEventListener("click", followBreach);
};
