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

export const describeCell = (cell) => {
  const name = cell.parentElement.cells[0].firstChild.textContent.trim();
  const letters = [...cell.classList];
  const state = letters.map((letter) => STATES[letter]).find(Boolean);
  const site = sites[cell.textContent] ? `${sites[cell.textContent]}` : cell.textContent;
  const flags = letters.map((letter) => FLAGS[letter]).filter(Boolean);
  return [`${name}, ${nameOfDay(dayOf(cell))}: ${state ?? site}`, ...flags].join("; ");
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
