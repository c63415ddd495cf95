// Undo and redo over all boxes: typing in one box is one step, and so is a whole paste.
Sheet.undo = (() => {
  "use strict";
  const done = [];
  const undone = [];
  const known = new Map(); // name of a box -> its text after the last step
  let typing = null; // the box in which the last step is still going on
  const buttons = { undo: document.getElementById("undo"), redo: document.getElementById("redo") };

  const named = (name) => Sheet.form.elements.namedItem(name);

  const tell = () => {
    buttons.undo.disabled = !done.length;
    buttons.redo.disabled = !undone.length;
  };

  const know = (rows) => {
    for (const row of rows) for (const field of Sheet.boxes(row)) known.set(field.name, field.value);
  };

  const push = (step) => {
    done.push(step);
    undone.length = 0;
    tell();
  };

  const typed = (field) => {
    const step = done[done.length - 1];
    if (typing === field && step) step[0].after = field.value;
    else push([{ name: field.name, before: known.get(field.name), after: field.value }]);
    typing = field;
    known.set(field.name, field.value);
  };

  const leave = () => {
    typing = null;
  };

  const write = (changes, side) => {
    const rows = new Set();
    for (const change of changes) {
      const field = named(change.name);
      field.value = change[side];
      known.set(change.name, change[side]);
      rows.add(Sheet.rowOf(field));
    }
    leave();
    for (const row of rows) {
      Sheet.saving.touch(row);
      Sheet.saving.save(row);
    }
    Sheet.feedback.soon();
  };

  // Writes [field, text] pairs into their boxes as one step.
  const set = (pairs) => {
    const changes = pairs
      .filter(([field, text]) => field.value !== text)
      .map(([field, text]) => ({ name: field.name, before: field.value, after: text }));
    if (!changes.length) return;
    push(changes);
    write(changes, "after");
  };

  const step = (from, to, side) => {
    const changes = from.pop();
    if (!changes) return;
    to.push(changes);
    write(changes, side);
    Sheet.focus(named(changes[0].name));
    tell();
  };
  const undo = () => step(done, undone, "before");
  const redo = () => step(undone, done, "after");

  buttons.undo.addEventListener("click", undo);
  buttons.redo.addEventListener("click", redo);
  return { know, typed, leave, set, undo, redo };
})();
