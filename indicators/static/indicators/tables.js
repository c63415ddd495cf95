// Gives every table of figures buttons, copy it as it stands and download it as CSV or as a workbook,
// and lets it be sorted by any column, what is empty last. The files are made by the server.
(() => {
  "use strict";
  const words = document.getElementById("table-words")?.dataset;
  if (!words) return;
  // As on the server: a text that a spreadsheet would take for a formula gets an apostrophe.
  const guarded = (text) => (/^[=+\-@'＝＋－＠]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text);
  const cellText = (cell) => (cell.dataset.text ?? cell.innerText).replace(/\s+/g, " ").trim();
  // A column of numbers becomes two: the number as a number, and its unit.
  const rowsOf = (table) => {
    const rows = [...table.rows].map((row) => [...row.cells]);
    const measured = new Set();
    for (const row of rows) row.forEach((cell, at) => { if (cell.dataset.number !== undefined) measured.add(at); });
    const cells = (cell, at) => {
      if (cell.dataset.skip !== undefined) return [];
      if (!measured.has(at)) return [cellText(cell)];
      if (cell.closest("thead")) return [cellText(cell), words.unit];
      return cell.dataset.number ? [{ number: cell.dataset.number }, cell.dataset.unit] : [cellText(cell), ""];
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

  // Sent as a form, so that the browser takes the answer for a download and stays on the page.
  const download = (table, address) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const sent = {
      csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
      name: (table.dataset.name || document.title).slice(0, 200),
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

  const blank = (cell) => ["", "—", "–"].includes(cellText(cell));
  const keyOf = (cell) => {
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    if (cell.dataset.number) return Number(cell.dataset.number);
    const number = /^[+−-]?[\d\s]*\d(\.\d+)?/.exec(cellText(cell).replaceAll(",", ""));
    return number ? Number(number[0].replace(/\s/g, "").replace("−", "-")) : cellText(cell);
  };
  const compared = (one, other) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other), document.documentElement.lang);

  const sortBy = (table, head) => {
    const at = head.cellIndex;
    const down = head.getAttribute("aria-sort") === "ascending";
    const rows = [...table.tBodies[0].rows];
    const filled = rows.filter((row) => !blank(row.cells[at]));
    filled.sort((one, other) => compared(keyOf(one.cells[at]), keyOf(other.cells[at])) * (down ? -1 : 1));
    table.tBodies[0].append(...filled, ...rows.filter((row) => blank(row.cells[at])));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  };

  const makeSortable = (table) => {
    const plain = table.tHead?.rows.length === 1 && table.tBodies.length === 1 && !table.tHead.querySelector("a");
    if (!plain || table.tBodies[0].rows.length < 3 || table.querySelector("[colspan], [rowspan]")) return;
    for (const head of table.tHead.rows[0].cells) {
      if (!head.textContent.trim() || head.children.length) continue;
      const made = button(head.textContent.trim(), () => sortBy(table, head));
      made.className = "sort";
      head.replaceChildren(made);
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
