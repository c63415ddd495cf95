// Gives every table of figures two buttons: copy it as it stands, and download it as CSV.
(() => {
  "use strict";
  const words = document.getElementById("table-words")?.dataset;
  if (!words) return;
  // As on the server: a text that a spreadsheet would take for a formula gets an apostrophe.
  const guarded = (text) => (/^[=+\-@'＝＋－＠]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text);
  const cellText = (cell) => (cell.dataset.text ?? cell.innerText).replace(/\s+/g, " ").trim();
  const rowsOf = (table) =>
    [...table.rows].map((row) => [...row.cells].filter((cell) => cell.dataset.skip === undefined).map(cellText));
  const quoted = (text) => `"${guarded(text).replaceAll('"', '""')}"`;

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    return made;
  };

  const copy = async (table, made) => {
    const text = rowsOf(table).map((row) => row.map(guarded).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = words.copied;
    } catch {
      made.textContent = words.failed;
    }
    setTimeout(() => { made.textContent = words.copy; }, 2000);
  };

  const download = (table) => {
    const text = rowsOf(table).map((row) => row.map(quoted).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }));
    link.download = `${table.dataset.name || document.title}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  for (const table of document.querySelectorAll("table[data-name]")) {
    const tools = document.createElement("p");
    tools.className = "table-tools";
    tools.append(button(words.copy, (made) => copy(table, made)));
    if (table.dataset.csv === undefined) tools.append(" ", button(words.csv, () => download(table)));
    (table.closest(".wide") ?? table).before(tools);
  }
})();
