// A file that is too large is said before a weak line has carried it; the others stay chosen.
function weigh(field, line) {
  const chosen = [...field.files];
  const large = chosen.filter((file) => file.size > Number(line.dataset.most));
  if (large.length) {
    const kept = new DataTransfer();
    for (const file of chosen) if (!large.includes(file)) kept.items.add(file);
    field.files = kept.files;
  }
  const said = line.querySelector("span") || line.appendChild(document.createElement("span"));
  said.textContent = large.map((file) => line.dataset.words.replace("{name}", file.name)).join(" ");
  line.hidden = !large.length;
}

for (const line of document.querySelectorAll("[data-weigh]")) {
  const field = document.getElementById(line.dataset.weigh);
  field.addEventListener("change", () => weigh(field, line));
}
