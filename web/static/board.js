// The board at the keyboard: arrows go from cell to cell, a key for each kind of site changes one,
// and the server says at once what gets better and worse. Without this, each officer has a page.
(() => {
  "use strict";

  const table = document.getElementById("board");
  if (!table) {
    return;
  }
  const said = document.getElementById("board-said");
  const tools = document.getElementById("board-tools");
  const days = [...table.querySelectorAll("thead [data-d]")].map((head) => head.dataset.d);
  const rows = [...table.querySelectorAll("tr[data-s]")];
  const rowOf = new Map(rows.map((row) => [row.dataset.s, row]));
  const sites = JSON.parse(table.dataset.sites);
  const KINDS = { O: "office", C: "court", P: "partner", N: "prison", H: "home" };
  const STATES = { a: "away", x: "does not work", y: "bank holiday", z: "not planned" };
  const FLAGS = {
    l: "locked",
    m: "not as published",
    b: "breaks a rule",
    s: "breaks a rule that must be answered for",
  };
  const kept = (name) => {
    const text = window.sessionStorage.getItem(`rota-board-${name}`);
    window.sessionStorage.removeItem(`rota-board-${name}`);
    return text;
  };
  const done = JSON.parse(kept("done") ?? "[]");
  const undone = [];
  let current = null;
  let busy = Promise.resolve();

  const dayName = (iso) =>
    new Date(`${iso}T12:00:00`).toLocaleDateString("en-GB", {
      weekday: "long",
      day: "numeric",
      month: "long",
    });

  const placeOf = (cell) => ({
    row: rows.indexOf(cell.parentElement),
    column: cell.cellIndex - 1,
  });

  const cellAt = (row, column) => rows[row]?.cells[column + 1];

  const isDay = (cell) => cell && cell.cellIndex >= 1 && cell.cellIndex <= days.length;

  const words = (cell) => {
    const { column } = placeOf(cell);
    const name = cell.parentElement.cells[0].firstChild.textContent.trim();
    const classes = [...cell.classList];
    const state = classes.map((its) => STATES[its]).find(Boolean);
    const at = state ?? (sites[cell.textContent] ? `${sites[cell.textContent]}` : cell.textContent);
    const flags = classes.map((its) => FLAGS[its]).filter(Boolean);
    return [`${name}, ${dayName(days[column])}: ${at}`, ...flags].join("; ");
  };

  const say = (text, link) => {
    said.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = window.location.href.split("#")[0];
      anchor.textContent = link;
      said.append(" ", anchor);
    }
  };

  const choose = (cell, { isQuiet } = {}) => {
    if (!isDay(cell)) {
      return;
    }
    current?.setAttribute("tabindex", "-1");
    current = cell;
    cell.setAttribute("tabindex", "0");
    cell.focus();
    if (!isQuiet) {
      say(words(cell));
    }
  };

  const find = (staffNo, day) => rowOf.get(staffNo)?.cells[days.indexOf(day) + 1];

  const show = (answer) => {
    table.dataset.revision = answer.revision;
    for (const [staffNo, day, classes, text, id] of answer.cells) {
      const cell = find(staffNo, day);
      if (cell) {
        cell.className = classes;
        cell.textContent = text;
        cell.id = id;
      }
    }
    for (const [staffNo, number] of Object.entries(answer.margins)) {
      const row = rowOf.get(staffNo);
      if (row) {
        row.cells[days.length + 1].textContent = number || "";
      }
    }
    for (const [number, day, classes, text] of answer.desks) {
      const cell = table.querySelector(`tr[data-desks="${number}"]`).cells[days.indexOf(day) + 1];
      cell.className = classes;
      cell.textContent = text;
    }
  };

  const told = ({ says, better, worse, costs, breaches }) =>
    [
      says,
      ...(worse.length ? [`Worse: ${worse.join(" ")}`] : []),
      ...(better.length ? [`Better: ${better.join(" ")}`] : []),
      ...(worse.length || better.length ? [] : ["Nothing else changes."]),
      `The draft has ${breaches}; it costs: ${costs}.`,
    ].join("\n");

  let waiting = 0;
  const refreshBreaches = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      const list = document.getElementById("board-breaches");
      const response = await fetch(`${table.dataset.list}${window.location.search}`);
      if (list && response.ok && !list.contains(document.activeElement)) {
        list.innerHTML = await response.text();
      }
    }, 600);
  };

  const post = async (edit) => {
    const body = new URLSearchParams({
      ...edit,
      start: table.dataset.start,
      revision: table.dataset.revision,
      csrf_token: table.dataset.csrf,
    });
    const asked = new URLSearchParams(window.location.search);
    asked.set("start", days[0]);
    asked.set("weeks", String(days.length / 5));
    const response = await fetch(`${table.dataset.edit}?${asked}`, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (response.redirected || !response.headers.get("Content-Type")?.includes("json")) {
      return { isRefused: true, says: "This was not saved.", link: "Load the board again" };
    }
    const answer = await response.json();
    if (response.ok) {
      return answer;
    }
    const link = response.status === 409 ? "Load the board as it is now" : undefined;
    return { isRefused: true, says: `This was not saved. ${answer.says}`, link };
  };

  const remember = (edit) => {
    const { staff_no: staffNo, day } = edit;
    window.sessionStorage.setItem("rota-board-cell", JSON.stringify([staffNo, day]));
  };

  const send = async (edit, { onDone }) => {
    remember(edit);
    let answer;
    try {
      answer = await post(edit);
    } catch {
      answer = { isRefused: true, says: "This was not saved: the server does not answer." };
    }
    if (answer.isRefused) {
      say(answer.says, answer.link);
      return;
    }
    const inverse = { ...answer.undo, staff_no: edit.staff_no, day: edit.day };
    if (answer.begun) {
      window.sessionStorage.setItem("rota-board-said", told(answer));
      window.sessionStorage.setItem("rota-board-done", JSON.stringify([inverse]));
      window.location.reload();
      return;
    }
    show(answer);
    onDone(inverse);
    say(told(answer));
    refreshBreaches();
  };

  // One change after another: each needs the revision that the one before it made.
  const afterwards = (step) => {
    busy = busy.then(step);
  };

  const change = (action, site = "") => {
    if (!current) {
      say("Choose a cell first.");
      return;
    }
    if (table.dataset.published) {
      say("There is a draft of these weeks. Show the draft to change it.");
      return;
    }
    if (!current.closest("tbody").dataset.mine) {
      say("Only managers of this team may change these days.");
      return;
    }
    const { column } = placeOf(current);
    const edit = { action, site, staff_no: current.parentElement.dataset.s, day: days[column] };
    undone.length = 0;
    afterwards(() => send(edit, { onDone: (inverse) => done.push(inverse) }));
  };

  // What fails stays to be tried again.
  const takeBack = (from, to, nothing) =>
    afterwards(async () => {
      const edit = from.at(-1);
      if (!edit) {
        say(nothing);
        return;
      }
      const cell = find(edit.staff_no, edit.day);
      if (cell) {
        choose(cell, { isQuiet: true });
      }
      await send(edit, {
        onDone: (inverse) => {
          from.pop();
          to.push(inverse);
        },
      });
    });

  const undo = () => takeBack(done, undone, "There is nothing to undo.");
  const redo = () => takeBack(undone, done, "There is nothing to redo.");

  const press = (key) => {
    if (KINDS[key]) {
      change("kind", KINDS[key]);
    } else if (key === "L") {
      change(current?.classList.contains("l") ? "unlock" : "lock");
    } else if (key === "U") {
      undo();
    } else if (key === "R") {
      redo();
    } else if (key === "?") {
      document.getElementById("keyboard").focus();
    } else {
      return false;
    }
    return true;
  };

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

  const linkOf = (row) => row.cells[0].querySelector("a");

  table.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && event.target === linkOf(current.parentElement)) {
      event.preventDefault();
      choose(current);
      return;
    }
    if (event.target !== current || event.altKey || event.metaKey) {
      return;
    }
    if (event.ctrlKey) {
      const key = event.key.toLowerCase();
      if (key === "z" || key === "y") {
        event.preventDefault();
        (key === "z" ? undo : redo)();
      }
      return;
    }
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const next = cellAt(...step(placeOf(current)));
      if (isDay(next)) {
        choose(next);
      } else if (event.key === "ArrowLeft") {
        linkOf(current.parentElement)?.focus();
      }
    } else if (press(event.key.length === 1 ? event.key.toUpperCase() : event.key)) {
      event.preventDefault();
    }
  });

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tr[data-s] td");
    if (cell) {
      choose(cell);
    }
  });

  table.addEventListener("focusin", (event) => {
    if (event.target.matches("tr[data-s] td") && event.target !== current) {
      choose(event.target);
    }
  });

  tools.addEventListener("click", (event) => {
    const { key } = event.target.dataset;
    if (key) {
      press(key);
      current?.focus();
    }
  });

  document.getElementById("keyboard").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && current) {
      choose(current);
    }
  });

  document.addEventListener("click", (event) => {
    const href = event.target.closest("#board-breaches a")?.getAttribute("href");
    const target = href && document.getElementById(href.slice(1));
    const cell = target?.matches("tr") ? target.cells[1] : target;
    if (isDay(cell) && cell.matches("td")) {
      event.preventDefault();
      choose(cell);
      cell.scrollIntoView({ block: "center", inline: "center" });
    }
  });

  // The board becomes a grid of which one cell at a time is reached with Tab.
  table.setAttribute("role", "grid");
  for (const row of rows) {
    linkOf(row)?.setAttribute("tabindex", "-1");
    for (let column = 1; column <= days.length; column += 1) {
      row.cells[column].tabIndex = -1;
    }
  }
  tools.hidden = false;
  const place = JSON.parse(kept("cell") ?? "null");
  const text = kept("said");
  const before = place && find(...place);
  if (before) {
    choose(before);
    if (text) {
      say(text);
    }
  } else {
    current = cellAt(0, 0) ?? null;
    current?.setAttribute("tabindex", "0");
  }
})();
