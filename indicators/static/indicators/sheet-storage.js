// What is typed and not yet on the server, kept in this browser until it is: for this user alone,
// with the version that it was typed over.
Sheet.storage = (() => {
  "use strict";
  const mine = `sheet:${Sheet.form.dataset.user}:${Sheet.form.dataset.place}:`;
  const key = (row) => mine + row.dataset.code;

  // False where the browser keeps nothing (full, or forbidden): then leaving the page asks first.
  const put = (row) => {
    const what = { version: Sheet.version(row).value, texts: Sheet.texts(row), path: location.pathname, unit: unit() };
    try {
      localStorage.setItem(key(row), JSON.stringify(what));
      delete row.dataset.notKept;
    } catch {
      row.dataset.notKept = "1";
    }
  };

  const drop = (row) => {
    delete row.dataset.notKept;
    try {
      localStorage.removeItem(key(row));
    } catch {
      // Where nothing can be kept, nothing is to be dropped.
    }
  };

  // In which unit amounts are typed here.
  const unit = () => document.getElementById("in_unit")?.dataset.word ?? "";

  // A number typed while the sheet was in another unit takes that unit along.
  const inItsUnit = (row, what, text) => {
    const amount = row.querySelector(".unit")?.textContent === unit();
    const names = /[百千万亿元¥￥]/.test(text) || !/\d/.test(text);
    return !amount || names || !what.unit || what.unit === unit() ? text : text.trim() + what.unit;
  };

  const read = (row) => {
    try {
      return JSON.parse(localStorage.getItem(key(row)));
    } catch {
      return null;
    }
  };

  // Puts what was kept at an earlier visit back into the boxes, over the version it was typed over:
  // had somebody saved meanwhile, the server tells it as a conflict. Returns the rows concerned.
  const bringBack = () =>
    Sheet.rows().filter((row) => {
      const what = read(row);
      if (!what?.texts) return false;
      if (Sheet.same(what.texts, Sheet.texts(row)) && row.dataset.unsaved === undefined) {
        drop(row);
        return false;
      }
      for (const field of Sheet.boxes(row)) {
        const text = what.texts[Sheet.kindOf(field)] ?? "";
        field.value = Sheet.kindOf(field) === "value" ? inItsUnit(row, what, text) : text;
      }
      Sheet.version(row).value = what.version;
      row.dataset.unsaved = "1";
      return true;
    });

  return { put, drop, bringBack };
})();
