// Fills the two coordinate fields from this phone, when asked to, and says how exact it is.
function say(button, words) {
  button.parentElement.querySelector("[role=status]").textContent = words || "";
}

function fill(button, { latitude, longitude, accuracy }) {
  document.getElementById(button.dataset.lat).value = latitude.toFixed(6);
  document.getElementById(button.dataset.lon).value = longitude.toFixed(6);
  const metres = Math.round(accuracy).toLocaleString(document.documentElement.lang);
  say(button, button.dataset.found.replace("{n}", metres));
  document.getElementById(button.dataset.lat).dispatchEvent(new Event("input", { bubbles: true }));
}

function ask(button) {
  say(button, button.dataset.wait);
  button.disabled = true;
  const done = (result) => {
    button.disabled = false;
    if (result.coords) fill(button, result.coords);
    else say(button, button.dataset.failed);
  };
  navigator.geolocation.getCurrentPosition(done, done, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
}

for (const button of document.querySelectorAll("[data-position]")) {
  if (!("geolocation" in navigator) || !window.isSecureContext) continue;
  button.closest("[data-position-box]").hidden = false;
  button.addEventListener("click", () => ask(button));
}
