// The keys of a spreadsheet. Tab stays the browser's; arrows left and right leave a box only from
// the ends of its text; a list of choices keeps its own arrows.
Sheet.keys = (() => {
  "use strict";

  const column = (kind) => {
    const figure = kind === "value" || kind === "statement";
    return Sheet.rows().map((row) => (figure ? Sheet.figureBox(row) : Sheet.box(row, kind))).filter(Boolean);
  };

  const down = (field, by) => {
    const fields = column(Sheet.kindOf(field));
    const next = fields[fields.indexOf(field) + by];
    if (next) Sheet.focus(next);
    return Boolean(next);
  };

  const across = (field, by) => {
    const fields = Sheet.boxes(Sheet.rowOf(field));
    const next = fields[fields.indexOf(field) + by];
    if (next) Sheet.focus(next);
    return Boolean(next);
  };

  const atEnd = (field, by) => {
    if (field.tagName === "SELECT") return true;
    const at = field.selectionStart;
    return at === field.selectionEnd && at === (by < 0 ? 0 : field.value.length);
  };

  // Last year's figure into the box, as it would be typed.
  const sameAsLastYear = (row) => {
    const last = row.dataset.last;
    if (!last) return;
    const state = Sheet.box(row, "state");
    Sheet.undo.set([[Sheet.figureBox(row), last], ...(state ? [[state, ""]] : [])]);
  };

  const withControl = (event, field) => {
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) Sheet.undo.undo();
    else if (key === "y" || key === "z") Sheet.undo.redo();
    else if (key === "d" && field) sameAsLastYear(Sheet.rowOf(field));
    else return false;
    return true;
  };

  const move = (event, field) => {
    const list = field.tagName === "SELECT";
    switch (event.key) {
      case "Enter":
        if (!down(field, event.shiftKey ? -1 : 1)) field.dispatchEvent(new Event("change", { bubbles: true }));
        return true;
      case "ArrowDown":
        return !list && !event.shiftKey && (down(field, 1) || true);
      case "ArrowUp":
        return !list && !event.shiftKey && (down(field, -1) || true);
      case "ArrowLeft":
        return !event.shiftKey && atEnd(field, -1) && across(field, -1);
      case "ArrowRight":
        return !event.shiftKey && atEnd(field, 1) && across(field, 1);
      default:
        return false;
    }
  };

  const pressed = (event) => {
    // A Chinese input method uses Enter and arrows for its own list.
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    const field = Sheet.isBox(event.target) ? event.target : null;
    if (!field && event.target.matches("input, select, textarea")) return;
    const taken = event.ctrlKey || event.metaKey ? withControl(event, field) : field && move(event, field);
    if (taken) event.preventDefault();
  };

  document.addEventListener("keydown", pressed);
  Sheet.form.addEventListener("click", (event) => {
    if (!event.target.classList.contains("same")) return;
    sameAsLastYear(Sheet.rowOf(event.target));
    Sheet.focus(Sheet.figureBox(Sheet.rowOf(event.target)));
  });
  return { sameAsLastYear };
})();
