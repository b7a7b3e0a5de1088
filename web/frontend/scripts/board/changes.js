// Changes to the chosen cell, undo and redo. Each saved change leaves the one that takes it back.

import { dayOf, findCell, table } from "./grid.js";
import { takeKept } from "./memory.js";
import { send } from "./saving.js";
import { choose, chosenCell } from "./selection.js";
import { say } from "./status.js";

const toUndo = takeKept("undo") ?? [];
const toRedo = [];
let lastStep = Promise.resolve();

// One change after another: each needs the revision that the one before it made.
const queue = (step) => {
  lastStep = lastStep.then(step);
};

export const change = (action, site = "") => {
  const cell = chosenCell();
  if (!cell) {
    say("Choose a cell first.");
    return;
  }
  if (table.dataset.published) {
    say("There is a draft of these weeks. Show the draft to change it.");
    return;
  }
  if (!cell.closest("tbody").dataset.mine) {
    say("Only managers of this team may change these days.");
    return;
  }
  const edit = { action, site, staff_no: cell.parentElement.dataset.s, day: dayOf(cell) };
  toRedo.length = 0;
  queue(() => send(edit, { onSaved: (inverse) => toUndo.push(inverse) }));
};

export const changeLock = () => {
  change(chosenCell()?.classList.contains("l") ? "unlock" : "lock");
};

// What fails stays to be tried again.
const sendLast = (from, to, nothing) =>
  queue(async () => {
    const edit = from.at(-1);
    if (!edit) {
      say(nothing);
      return;
    }
    const cell = findCell(edit.staff_no, edit.day);
    if (cell) {
      choose(cell, { isQuiet: true });
    }
    await send(edit, {
      onSaved: (inverse) => {
        from.pop();
        to.push(inverse);
      },
    });
  });

export const undo = () => sendLast(toUndo, toRedo, "There is nothing to undo.");

export const redo = () => sendLast(toRedo, toUndo, "There is nothing to redo.");
