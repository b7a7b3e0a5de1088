// The grid: where its rows, days and cells are. Each officer has a row; the first cell is their name.

export const table = document.getElementById("board");

export const days = [...table.querySelectorAll("thead [data-d]")].map((head) => head.dataset.d);

export const weeks = table.querySelectorAll("thead .w").length;

export const rows = [...table.querySelectorAll("tr[data-s]")];

const rowOf = new Map(rows.map((row) => [row.dataset.s, row]));

export const findRow = (staffNo) => rowOf.get(staffNo);

export const findCell = (staffNo, day) => findRow(staffNo)?.cells[days.indexOf(day) + 1];

export const findBreachCount = (staffNo) => findRow(staffNo)?.cells[days.length + 1];

export const findDesks = (number, day) =>
  table.querySelector(`tr[data-desks="${number}"]`).cells[days.indexOf(day) + 1];

export const cellAt = (row, column) => rows[row]?.cells[column + 1];

export const positionOf = (cell) => ({
  row: rows.indexOf(cell.parentElement),
  column: cell.cellIndex - 1,
});

export const dayOf = (cell) => days[positionOf(cell).column];

export const isDay = (cell) => cell && cell.cellIndex >= 1 && cell.cellIndex <= days.length;

export const linkOf = (row) => row.cells[0].querySelector("a");
