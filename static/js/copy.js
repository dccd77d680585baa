// Copies the words of one element (a receipt code) and says so on the button.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const words = button.querySelector("span");
  const before = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const parts = [...source.children].map((part) => part.textContent.trim());
    await navigator.clipboard.writeText(parts.length ? parts.join("-") : source.textContent.trim());
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 4000);
  });
}
