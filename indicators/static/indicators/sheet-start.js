// Starts the sheet: what is stored, what was kept from an earlier visit, and who listens to what.
(() => {
  "use strict";
  const { form } = Sheet;
  document.getElementById("tools").hidden = false;
  form.querySelectorAll("button.same").forEach((button) => { button.hidden = false; });

  for (const row of Sheet.rows()) Sheet.remember(row, Sheet.texts(row));
  const kept = Sheet.storage.bringBack();
  Sheet.undo.know(Sheet.rows());
  for (const row of kept) {
    Sheet.feedback.say(row, Sheet.words.kept, false);
    Sheet.saving.save(row);
  }
  Sheet.feedback.tally();

  form.addEventListener("input", (event) => {
    if (!Sheet.isBox(event.target)) return;
    Sheet.undo.typed(event.target);
    Sheet.saving.touch(Sheet.rowOf(event.target));
    Sheet.feedback.soon();
  });
  form.addEventListener("change", (event) => {
    if (Sheet.isBox(event.target)) {
      Sheet.undo.leave();
      Sheet.saving.save(Sheet.rowOf(event.target));
    } else if (event.target.id === "reason") {
      Sheet.rows().filter((row) => row.dataset.unsaved).forEach(Sheet.saving.save);
    }
  });

  window.addEventListener("online", Sheet.saving.again);
  window.addEventListener("focus", Sheet.saving.again);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) Sheet.saving.again();
  });

  // What is offered under a box goes into it: the number that was probably meant, or a state.
  form.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.mend, button.choose");
    const row = button && Sheet.rowOf(button);
    if (!row) return;
    event.preventDefault();
    const figure = Sheet.figureBox(row);
    const state = Sheet.box(row, "state");
    const mend = button.classList.contains("mend");
    Sheet.undo.set([[figure, mend ? button.value : ""], ...(state ? [[state, mend ? "" : button.value]] : [])]);
    Sheet.focus(mend ? figure : Sheet.box(row, "note"));
  });

  // From the list of errors to the box itself.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#row_']");
    const row = link && Sheet.rowNamed(link.hash.slice("#row_".length));
    if (!row?.dataset.save) return;
    event.preventDefault();
    row.scrollIntoView({ block: "center" });
    Sheet.focus(Sheet.figureBox(row));
  });

  // A link that leads to a row leads into its box; after the browser has gone to the row itself.
  const intoBox = () => {
    const aim = document.querySelector("tr:target");
    if (aim?.dataset.save) Sheet.focus(Sheet.figureBox(aim));
  };
  window.addEventListener("load", () => setTimeout(intoBox));

  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && form.querySelector("[data-not-kept]")) event.preventDefault();
  });
})();
