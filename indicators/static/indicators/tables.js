// Gives every table of figures buttons, copy it as it stands and download it as CSV or as a workbook,
// and lets it be sorted by any column, what is empty last. The files are made by the server.
(() => {
  "use strict";
  const words = document.getElementById("table-words")?.dataset;
  if (!words) return;
  // As on the server: a text that a spreadsheet would take for a formula gets an apostrophe.
  const guarded = (text) => (/^[=+\-@'＝＋－＠]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text);
  const cellText = (cell) => (cell.dataset.text ?? cell.innerText).replace(/\s+/g, " ").trim();
  const blank = (cell) => ["", "—", "–"].includes(cellText(cell));
  const number = (cell) => (blank(cell) ? "" : cell.dataset.number);
  // Whether the cell says more than its number and unit: a bound, a part, a doubt, a light.
  const saysMore = (cell) => {
    const text = cellText(cell).replace(/\s/g, "");
    const unit = (cell.dataset.unit ?? "").replace(/\s/g, "");
    return !/^(?:1:|第)?[+−-]?[\d.,]+$/.test(unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text);
  };
  // A column of numbers becomes two, the number as a number, and its unit; and one more with the
  // cells as they read, where one of them says what its number must not be read without.
  const rowsOf = (table) => {
    const rows = [...table.rows].map((row) => [...row.cells]);
    const measured = new Set();
    const marked = new Set();
    for (const row of rows) {
      row.forEach((cell, at) => {
        if (cell.dataset.number !== undefined) measured.add(at);
        if (number(cell) && saysMore(cell)) marked.add(at);
      });
    }
    const cells = (cell, at) => {
      if (cell.dataset.skip !== undefined) return [];
      if (!measured.has(at)) return [cellText(cell)];
      const more = (text) => (marked.has(at) ? [text] : []);
      if (cell.closest("thead")) return [cellText(cell), words.unit, ...more(words.shown)];
      if (!number(cell)) return [cellText(cell), "", ...more("")];
      return [{ number: number(cell) }, cell.dataset.unit, ...more(saysMore(cell) ? cellText(cell) : "")];
    };
    return rows.map((row) => row.flatMap(cells));
  };

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    return made;
  };

  const copy = async (table, made) => {
    const text = rowsOf(table).map((row) => row.map((cell) => cell.number ?? guarded(cell)).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = words.copied;
    } catch {
      made.textContent = words.failed;
    }
    setTimeout(() => { made.textContent = words.copy; }, 2000);
  };

  // Which page of a long table it is: its file is a part and must not look whole.
  const pageOf = (table) =>
    table.closest("section, main")?.querySelector("nav.pages[data-page]")?.dataset.page ?? "";

  // Sent as a form, so that the browser takes the answer for a download and stays on the page.
  const download = (table, address) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const sent = {
      csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
      name: [(table.dataset.name || document.title).slice(0, 150), pageOf(table)].join(" ").trim(),
      rows: JSON.stringify(rowsOf(table)),
    };
    for (const [name, value] of Object.entries(sent)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  };

  const keyOf = (cell) => {
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    if (number(cell)) return Number(number(cell));
    const begin = /^[+−-]?[\d\s]*\d(\.\d+)?/.exec(cellText(cell).replaceAll(",", ""));
    return begin ? Number(begin[0].replace(/\s/g, "").replace("−", "-")) : cellText(cell);
  };
  const compared = (one, other) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other), document.documentElement.lang);

  const sortBy = (table, head) => {
    const at = head.cellIndex;
    const down = head.getAttribute("aria-sort") === "ascending";
    const rows = [...table.tBodies[0].rows];
    const measured = rows.some((row) => number(row.cells[at]));
    const last = (cell) => blank(cell) || (measured && !number(cell) && cell.dataset.sort === undefined);
    const filled = rows.filter((row) => !last(row.cells[at]));
    filled.sort((one, other) => compared(keyOf(one.cells[at]), keyOf(other.cells[at])) * (down ? -1 : 1));
    table.tBodies[0].append(...filled, ...rows.filter((row) => last(row.cells[at])));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  };

  const makeSortable = (table) => {
    // By a link that begins so the server sorts.
    const here = table.tHead?.querySelector('a[href^="?"]');
    const plain = table.tHead?.rows.length === 1 && table.tBodies.length === 1 && !here;
    if (!plain || table.tBodies[0].rows.length < 3 || table.querySelector("[colspan], [rowspan]")) return;
    for (const head of table.tHead.rows[0].cells) {
      const name = head.textContent.trim();
      if (!name || head.querySelector("input, button, .hidden")) continue;
      const beside = head.children.length > 0; // a link stays what it is
      const made = button(beside ? "" : name, () => sortBy(table, head));
      made.className = beside ? "sort sort-beside" : "sort";
      if (beside) made.setAttribute("aria-label", words.sort + cellText(head));
      if (beside) head.append(" ", made);
      else head.replaceChildren(made);
    }
  };

  for (const table of document.querySelectorAll("table[data-name]")) {
    const tools = document.createElement("p");
    tools.className = "table-tools";
    tools.append(button(words.copy, (made) => copy(table, made)));
    if (table.dataset.csv === undefined && words.csvUrl) {
      tools.append(" ", button(words.csv, () => download(table, words.csvUrl)));
      tools.append(" ", button(words.xlsx, () => download(table, words.xlsxUrl)));
    }
    (table.closest(".wide") ?? table).before(tools);
    makeSortable(table);
  }
})();
