// The line above the grid, which screen readers read aloud: what a cell is, and what a change does.

import { dayOf, table } from "./grid.js";

const line = document.getElementById("board-said");
const sites = JSON.parse(table.dataset.sites);
const STATES = { a: "away", x: "does not work", y: "bank holiday", z: "not planned" };
const FLAGS = {
  e: "moved by hand",
  l: "locked",
  m: "not as published",
  b: "breaks a rule",
  s: "breaks a rule that must be answered for",
};

const nameOfDay = (iso) =>
  new Date(`${iso}T12:00:00`).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
  });

export const say = (text, link) => {
  line.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = window.location.href.split("#")[0];
    anchor.textContent = link;
    line.append(" ", anchor);
  }
};

const describePart = (part) => {
  const state = [...part.classList].map((letter) => STATES[letter]).find(Boolean);
  const mark = part.firstChild?.data ?? "";
  return state ?? sites[mark] ?? mark;
};

// A half of a day ends with the words that say which; one that is not worked is free.
const describeHalf = (half) => {
  const what = half.classList.contains("x") ? "free" : describePart(half);
  return `${what} ${half.lastChild.textContent.trim()}`;
};

export const describeCell = (cell) => {
  const name = cell.parentElement.cells[0].firstChild.textContent.trim();
  const letters = [...cell.classList];
  const halves = [...cell.children].map(describeHalf);
  const place = halves.length ? halves.join(", ") : describePart(cell);
  const flags = letters.map((letter) => FLAGS[letter]).filter(Boolean);
  return [`${name}, ${nameOfDay(dayOf(cell))}: ${place}`, ...flags].join("; ");
};

export const describeChange = (answer) => {
  const { better, worse, costs, breaches } = answer;
  return [
    answer.says,
    ...(worse.length ? [`Worse: ${worse.join(" ")}`] : []),
    ...(better.length ? [`Better: ${better.join(" ")}`] : []),
    ...(worse.length || better.length ? [] : ["Nothing else changes."]),
    `The draft has ${breaches}; it costs: ${costs}.`,
  ].join("\n");
};
