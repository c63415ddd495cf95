// Saves a row of the sheet when one of its boxes is left. The form works the same without this.
(() => {
  "use strict";
  const sheet = document.getElementById("sheet");
  const waiting = new Map(); // row -> true while a save is under way and more was typed

  const say = (row, text) => {
    row.querySelector(".feedback").textContent = text;
  };

  const boxes = (row) => [...row.querySelectorAll("input, select")];

  const formData = (row) => {
    const data = new FormData();
    for (const box of [...boxes(row), ...sheet.querySelectorAll("[name=csrfmiddlewaretoken], #reason")]) {
      data.append(box.name, box.value);
    }
    return data;
  };

  // Puts the answer in: version and feedback of the row itself, computed rows as a whole. What was
  // typed stays, also what was typed while the save was under way.
  const takeOver = (row, html) => {
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const fresh of answer.querySelectorAll("tr[data-code]")) {
      const old = document.getElementById(fresh.id);
      if (old !== row) {
        old?.replaceWith(fresh);
        continue;
      }
      row.className = fresh.className;
      row.querySelector(".feedback").innerHTML = fresh.querySelector(".feedback").innerHTML;
      const version = (within) => within.querySelector("[name$=-version]");
      if (!fresh.querySelector(".error")) version(row).value = version(fresh).value;
    }
  };

  const save = async (row) => {
    if (waiting.has(row)) {
      waiting.set(row, true);
      return;
    }
    waiting.set(row, false);
    row.dataset.unsaved = "1";
    say(row, sheet.dataset.saving);
    try {
      const answer = await fetch(row.dataset.save, { method: "POST", body: formData(row) });
      if (answer.headers.get("X-Sheet-Row")) {
        takeOver(row, await answer.text());
        if (answer.ok) delete row.dataset.unsaved;
      } else {
        say(row, answer.redirected ? sheet.dataset.signedOut : sheet.dataset.failed);
      }
    } catch {
      say(row, sheet.dataset.offline);
    }
    const more = waiting.get(row);
    waiting.delete(row);
    if (more) save(row);
  };

  sheet.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-save]");
    if (row) save(row);
  });
  sheet.addEventListener("submit", () => {
    sheet.dataset.leaving = "1";
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sheet.dataset.leaving && sheet.querySelector("[data-unsaved]")) event.preventDefault();
  });
})();
