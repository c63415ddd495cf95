// Before somebody signs out: rows of their sheets that this browser still keeps are sent where the
// sheet is open; if some are left, it asks.
(() => {
  "use strict";
  const { user, ask, there, anyway } = document.currentScript.dataset;
  const form = document.querySelector("form[action$='/logout/']");
  if (!form) return;
  const PAUSE = 150;
  const PATIENCE = 20;

  const kept = () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(`sheet:${user}:`));
    } catch {
      return []; // Where nothing can be kept, nothing is left.
    }
  };

  const sheetOf = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key)).path ?? "/";
    } catch {
      return "/";
    }
  };

  const pause = () => new Promise((done) => { setTimeout(done, PAUSE); });

  const question = (keys) => {
    document.getElementById("kept-rows")?.remove();
    const box = document.createElement("div");
    box.id = "kept-rows";
    box.className = "notice";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = ask.replace("{n}", keys.length);
    const link = document.createElement("a");
    link.href = sheetOf(keys[0]);
    link.textContent = there;
    const sure = document.createElement("button");
    sure.type = "button";
    sure.className = "link";
    sure.textContent = anyway;
    sure.addEventListener("click", () => form.submit());
    box.append(text, link, " ", sure);
    form.after(box);
    link.focus();
  };

  form.addEventListener("submit", async (event) => {
    if (!kept().length) return;
    event.preventDefault();
    const open = window.Sheet?.saving;
    open?.again();
    for (let waited = 0; open && waited < PATIENCE && kept().length; waited += 1) await pause();
    const left = kept();
    if (left.length) question(left);
    else form.submit();
  });
})();
