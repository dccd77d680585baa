// Puts the phrase chosen where one is writing; behind what is typed while nobody has been in the field yet.
function insert(field, text, wasThere) {
  const typed = field.value.trimEnd();
  if (wasThere) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  else field.value = typed ? `${typed}\n\n${text}` : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  if (!wasThere) field.setSelectionRange(field.value.length, field.value.length);
}

for (const bar of document.querySelectorAll("[data-phrases]")) {
  const field = document.getElementById(bar.dataset.phrases);
  const list = bar.querySelector("select");
  const button = bar.querySelector("button");
  let wasThere = false;
  button.type = "button";
  field.addEventListener("focus", () => {
    wasThere = true;
  });
  button.addEventListener("click", () => {
    const text = list.selectedOptions[0]?.dataset.text;
    if (text) insert(field, text, wasThere);
    else list.focus();
  });
}
