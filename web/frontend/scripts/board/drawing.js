// Drawing what the server answers: changed cells, counts of breaches, desks, and the list of breaches.

import { findBreachCount, findCell, findDesks, table } from "./grid.js";

export const draw = (answer) => {
  table.dataset.revision = answer.revision;
  for (const [staffNo, day, classes, html, id] of answer.cells) {
    const cell = findCell(staffNo, day);
    if (cell) {
      cell.className = classes;
      cell.innerHTML = html;
      cell.id = id;
    }
  }
  for (const [staffNo, number] of Object.entries(answer.margins)) {
    const count = findBreachCount(staffNo);
    if (count) {
      count.textContent = number || "";
    }
  }
  for (const [number, day, classes, text] of answer.desks) {
    const cell = findDesks(number, day);
    cell.className = classes;
    cell.textContent = text;
  }
};

let timer = 0;

// A moment later, so that several changes in a row fetch the list once.
export const drawBreachesSoon = () => {
  window.clearTimeout(timer);
  timer = window.setTimeout(async () => {
    const list = document.getElementById("board-breaches");
    const response = await fetch(`${table.dataset.list}${window.location.search}`);
    if (list && response.ok && !list.contains(document.activeElement)) {
      list.innerHTML = await response.text();
    }
  }, 600);
};
