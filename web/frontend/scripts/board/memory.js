// What outlives loading the board again, as when its first change begins a draft.

const nameOf = (what) => `rota-board-${what}`;

export const keep = (what, value) => {
  window.sessionStorage.setItem(nameOf(what), JSON.stringify(value));
};

export const takeKept = (what) => {
  const text = window.sessionStorage.getItem(nameOf(what));
  window.sessionStorage.removeItem(nameOf(what));
  return JSON.parse(text);
};
