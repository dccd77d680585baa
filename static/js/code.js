// The receipt's QR code carries the code after "#", which no server sees: put it into the field and out of the address.
const field = document.querySelector("[data-code]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9a-z]{4}([\s-]?[0-9a-z]{4}){3}$/i.test(code)) {
  if (!field.value) field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  field.form.querySelector("button[type=submit]")?.focus();
}
