// Keeps what is typed on this device until it is sent, and gives it back when the fields come back empty.
const KEEP_FOR = 14 * 24 * 3600 * 1000;
const WORDS = "input, textarea, select";
const NEVER = ["hidden", "file", "password", "submit", "button"];

const place = (key) => `gan-dan-draft:${key}`;

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(place(key)) || "null");
    if (draft && Date.now() - draft.at < KEEP_FOR) return draft.fields;
    localStorage.removeItem(place(key));
  } catch {
    // A full or forbidden store: the form works, only the draft is missing.
  }
  return {};
}

function write(key, fields) {
  try {
    localStorage.setItem(place(key), JSON.stringify({ at: Date.now(), fields }));
  } catch {
    // See read().
  }
}

function clear(key) {
  try {
    localStorage.removeItem(place(key));
  } catch {
    // Nothing was kept.
  }
}

const fieldsOf = (form) =>
  [...form.querySelectorAll(WORDS)].filter((f) => f.name && !NEVER.includes(f.type) && !("draftSkip" in f.dataset));

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

function typed(form) {
  const fields = {};
  for (const field of fieldsOf(form)) {
    if (isChoice(field)) fields[field.name] = [...(fields[field.name] || []), ...(field.checked ? [field.value] : [])];
    else fields[field.name] = field.value;
  }
  return fields;
}

// Only what the page did not already fill: the server's words always win.
function restore(form, draft) {
  let given = false;
  const chosen = new Set(
    fieldsOf(form)
      .filter((f) => isChoice(f) && f.checked)
      .map((f) => f.name),
  );
  for (const field of fieldsOf(form)) {
    const kept = draft[field.name];
    if (kept === undefined || kept === "") continue;
    if (isChoice(field)) {
      if (chosen.has(field.name) || !kept.includes(field.value)) continue;
      field.checked = true;
    } else if (field.value || typeof kept !== "string") continue;
    else field.value = kept;
    given = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return given;
}

function showLine(key, shown) {
  for (const line of document.querySelectorAll(`[data-draft-line="${CSS.escape(key)}"]`)) line.hidden = !shown;
}

function keep(form) {
  const key = form.dataset.draft;
  if (!key) return;
  const draft = read(key);
  restore(form, draft);
  showLine(key, Object.keys(draft).length > 0);
  form.addEventListener("input", () => {
    if (form.dataset.draftOff) return;
    write(key, { ...read(key), ...typed(form) });
    showLine(key, true);
  });
}

function forget(button) {
  const key = button.dataset.draftClear;
  clear(key);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.dataset.draft !== key) continue;
    form.dataset.draftOff = "1";
    for (const field of fieldsOf(form)) {
      if (isChoice(field)) field.checked = false;
      else if (field.tagName !== "SELECT") field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.parentElement.replaceChildren(said);
  said.textContent = button.dataset.done || "";
}

for (const done of document.querySelectorAll("[data-draft-done]")) clear(done.dataset.draftDone);
for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-draft-clear]");
  if (button) forget(button);
});
