// Says how many letters are left. Nothing is cut off; too long is said here and again by the server.
function letters(text) {
  return text.replace(/\r?\n/g, "\r\n").length;
}

function watch(line) {
  const field = document.getElementById(line.dataset.for);
  const limit = Number(line.dataset.count);
  const tell = () => {
    const left = limit - letters(field.value);
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    line.classList.toggle("bad-count", left < 0);
  };
  field.addEventListener("input", tell);
  tell();
}

for (const line of document.querySelectorAll("[data-count]")) watch(line);
