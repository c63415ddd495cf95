// The vocabulary of the open sheet: rows, their boxes, what is stored of them. The form works the
// same without any of these files; they add saving row by row and the habits of a spreadsheet.
window.Sheet = (() => {
  "use strict";
  const form = document.getElementById("sheet");
  const KINDS = ["value", "statement", "state", "note"];

  const rows = () => [...form.querySelectorAll("tr[data-save]")];
  const rowOf = (node) => node.closest?.("tr[data-save]") ?? null;
  const rowNamed = (code) => document.getElementById(`row_${code}`);
  const box = (row, kind) => row.querySelector(`[name="${row.dataset.code}-${kind}"]`);
  const boxes = (row) => KINDS.map((kind) => box(row, kind)).filter(Boolean);
  const kindOf = (field) => field.name.slice(field.name.lastIndexOf("-") + 1);
  // The box that holds the figure itself: a number or a statement.
  const figureBox = (row) => box(row, "value") ?? box(row, "statement");
  // Whether a choice of the row, in place of a number or beside it, is called by the text.
  const takes = (row, text) =>
    [box(row, "statement"), box(row, "state")].some((field) =>
      [...(field?.options ?? [])].some((option) => option.value && option.text.trim() === text.trim()));
  const version = (row) => box(row, "version");
  const texts = (row) => Object.fromEntries(boxes(row).map((field) => [kindOf(field), field.value]));
  // Spaces around a text are not stored.
  const same = (one, other) => KINDS.every((kind) => (one[kind] ?? "").trim() === (other[kind] ?? "").trim());
  const isBox = (node) => Boolean(node.name && rowOf(node) && KINDS.includes(kindOf(node)));

  // What the server has of each row, by code.
  const stored = new Map();
  const remember = (row, what) => stored.set(row.dataset.code, what);
  const isChanged = (row) => !same(texts(row), stored.get(row.dataset.code));

  const focus = (field) => {
    field.focus();
    if (field.select) field.select();
  };

  return { form, rows, rowOf, rowNamed, box, boxes, kindOf, figureBox, takes, version, texts, same, isBox, remember, isChanged, focus, words: form.dataset };
})();
