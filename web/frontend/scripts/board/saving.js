// Saving: a change is sent to the server, and what it answers is drawn and said.

import { draw, drawBreachesSoon } from "./drawing.js";
import { days, table, weeks } from "./grid.js";
import { keep } from "./memory.js";
import { describeChange, say } from "./status.js";

const REFUSAL = "This was not saved";

const post = async (edit) => {
  const body = new URLSearchParams({
    ...edit,
    start: table.dataset.start,
    revision: table.dataset.revision,
    csrf_token: table.dataset.csrf,
  });
  const query = new URLSearchParams(window.location.search);
  query.set("start", days[0]);
  query.set("weeks", String(weeks));
  const response = await fetch(`${table.dataset.edit}?${query}`, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
  });
  if (response.redirected || !response.headers.get("Content-Type")?.includes("json")) {
    return { refusal: `${REFUSAL}.`, link: "Load the board again" };
  }
  const answer = await response.json();
  if (response.ok) {
    return answer;
  }
  const link = response.status === 409 ? "Load the board as it is now" : undefined;
  return { refusal: `${REFUSAL}. ${answer.says}`, link };
};

export const send = async (edit, { onSaved }) => {
  keep("cell", [edit.staff_no, edit.day]);
  let answer;
  try {
    answer = await post(edit);
  } catch {
    answer = { refusal: `${REFUSAL}: the server does not answer.` };
  }
  if (answer.refusal) {
    say(answer.refusal, answer.link);
    return;
  }
  const inverse = { ...answer.undo, staff_no: edit.staff_no, day: edit.day };
  if (answer.begun) {
    keep("status", describeChange(answer));
    keep("undo", [inverse]);
    window.location.reload();
    return;
  }
  draw(answer);
  onSaved(inverse);
  say(describeChange(answer));
  drawBreachesSoon();
};
