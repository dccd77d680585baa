// The pressed button says that it is sending; a second press sends nothing; a slow line is said in words.
const SLOW_AFTER = 4000;
const sending = new Map();

function busyWords(form, button) {
  return button?.dataset.busy || form.dataset.busy || document.body.dataset.busy || "";
}

function sayBusy(button, words) {
  if (!words) return null;
  const before = [...button.childNodes];
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute("aria-disabled", "true");
  button.replaceChildren(words);
  return () => {
    button.replaceChildren(...before);
    button.style.minWidth = "";
    button.removeAttribute("aria-disabled");
  };
}

function saySlow(form, button) {
  const line = document.createElement("p");
  line.className = "slow";
  line.setAttribute("role", "status");
  (button?.closest(".go, .row-of") || button || form).after(line);
  const timer = setTimeout(() => (line.textContent = document.body.dataset.slow || ""), SLOW_AFTER);
  return () => {
    clearTimeout(timer);
    line.remove();
  };
}

function begin(form, button) {
  form.setAttribute("aria-busy", "true");
  const undo = [button && sayBusy(button, busyWords(form, button)), saySlow(form, button)];
  sending.set(form, () => {
    undo.forEach((step) => step?.());
    form.removeAttribute("aria-busy");
  });
}

function stop() {
  for (const undo of sending.values()) undo();
  sending.clear();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) return;
  if (sending.has(form)) event.preventDefault();
  else begin(form, event.submitter);
});

// Coming back by the back button, or staying because the answer was a file: the page is as it was.
window.addEventListener("pageshow", stop);
