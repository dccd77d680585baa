// Keys for people who live at the desk: J K move, X chooses a row, letters press what is allowed now, / searches, ? shows
// them all (app/desk/keys.py lists them).
// Off when the official switched them off (WCAG 2.1.4); never while somebody is typing.
const on = document.body.dataset.keys === "on";
const help = document.getElementById("keys-help");

const isTyping = (target) =>
  target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

function rows() {
  return [...document.querySelectorAll("[data-rows] tbody .title")].filter(isShown);
}

function move(step) {
  const list = rows();
  if (!list.length) return;
  const here = list.indexOf(document.activeElement.closest("tr")?.querySelector(".title"));
  const next = here < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(here + step, 0), list.length - 1);
  list[next].focus();
  list[next].closest("tr")?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const all = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  const target =
    [...all].find(isShown) || [...document.querySelectorAll("details [data-key]")].find((e) => e.dataset.key === key);
  if (!target) return false;
  target.closest("details:not([open])")?.setAttribute("open", "");
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  return true;
}

// Only where it is plain what would be sent: a form with two buttons (sign, return) is never decided by a key.
function send(target) {
  const form = target.form || target.closest("form");
  const buttons = form?.querySelectorAll("button:not([type=button])") || [];
  if (buttons.length !== 1) return false;
  form.requestSubmit(buttons[0]);
  return true;
}

function choose() {
  const row = document.activeElement.closest("tr");
  row?.querySelector("[data-pick]")?.click();
  row?.querySelector(".title")?.focus();
}

const moves = { j: () => move(1), k: () => move(-1), x: choose, "?": () => help?.showModal() };

function heard(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
  const key = event.key.toLowerCase();
  if (!moves[key]) return press(key);
  moves[key]();
  return true;
}

if (on) {
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !event.isComposing && heard(event)) event.preventDefault();
  });
}
for (const link of document.querySelectorAll("[data-key-help]")) {
  link.addEventListener("click", (event) => {
    if (!on || !help) return;
    event.preventDefault();
    help.showModal();
  });
}
