// A block in from Excel or WPS and out to them. In: lines go down the rows with a box, the first
// column into the figure, the second into the explanation; an empty cell leaves its box as it is.
// Out: plain numbers.
Sheet.block = (() => {
  "use strict";
  const unplaced = document.getElementById("unplaced");
  const copyButton = document.getElementById("copy-column");

  // Tab-separated text with quoted cells, as spreadsheets put it on the clipboard.
  const parse = (text) => {
    const lines = [];
    let line = [];
    let cell = "";
    let quoted = false;
    const clean = text.replace(/\r\n?/g, "\n");
    for (let at = 0; at < clean.length; at += 1) {
      const sign = clean[at];
      if (quoted) {
        if (sign !== '"') cell += sign;
        else if (clean[at + 1] === '"') { cell += '"'; at += 1; }
        else quoted = false;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") { line.push(cell); cell = ""; }
      else if (sign === "\n") { line.push(cell); lines.push(line); line = []; cell = ""; }
      else cell += sign;
    }
    if (cell !== "" || line.length) lines.push([...line, cell]);
    return lines;
  };

  const choice = (field, text) => {
    const wanted = text.trim();
    return [...(field?.options ?? [])].find((option) => option.value && option.text.trim() === wanted)?.value;
  };

  // Pairs of box and text for one cell; null where it has no place.
  const places = (row, kind, text) => {
    const state = Sheet.box(row, "state");
    if (kind === "note") return [[Sheet.box(row, "note"), text.replace(/\n/g, " ").trim()]];
    const figure = Sheet.figureBox(row);
    const why = choice(state, text);
    if (why) return [[figure, ""], [state, why]];
    const reset = state ? [[state, ""]] : [];
    if (figure.tagName !== "SELECT") return [[figure, text.replace(/\n/g, " ").trim()], ...reset];
    const statement = choice(figure, text);
    return statement ? [[figure, statement], ...reset] : null;
  };

  const tellUnplaced = (left) => {
    unplaced.hidden = !left.length;
    unplaced.querySelector("ul").replaceChildren(
      ...left.map(([line, text]) => {
        const item = document.createElement("li");
        item.textContent = Sheet.words.line.replace("{n}", line) + text;
        return item;
      }),
    );
  };

  const paste = (field, lines) => {
    const kinds = Sheet.kindOf(field) === "note" ? ["note"] : ["value", "note"];
    const rows = Sheet.rows();
    const first = rows.indexOf(Sheet.rowOf(field));
    const pairs = [];
    const left = [];
    lines.forEach((cells, down) => {
      const row = rows[first + down];
      cells.forEach((text, across) => {
        if (!text.trim()) return;
        const found = row && kinds[across] ? places(row, kinds[across], text) : null;
        if (found) pairs.push(...found);
        else left.push([down + 1, text]);
      });
    });
    Sheet.undo.set(pairs);
    tellUnplaced(left);
  };

  const pasted = (event) => {
    if (!Sheet.isBox(event.target)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\r\n]/.test(text.replace(/[\r\n]+$/, "")) && event.target.tagName === "INPUT") {
      return; // one cell goes into one box, as anywhere
    }
    event.preventDefault();
    paste(event.target, parse(text));
  };

  // The figure in digits alone, or what was chosen in its place, so that it can be pasted back.
  const figureText = (row) => {
    const figure = Sheet.figureBox(row);
    const state = Sheet.box(row, "state");
    if (state?.value) return state.selectedOptions[0].text;
    if (figure.tagName === "SELECT") return figure.value ? figure.selectedOptions[0].text : "";
    return row.dataset.number || figure.value.trim();
  };

  const cell = (text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const column = () => Sheet.rows().map((row) => cell(figureText(row))).join("\n");
  const block = (rows) => rows.map((row) => `${cell(figureText(row))}\t${cell(Sheet.box(row, "note").value)}`).join("\n");

  // Ctrl+C over a selection of several rows, or of the whole column by its button.
  let wanted = null;
  const copied = (event) => {
    let text = wanted;
    if (text === null) {
      const chosen = document.getSelection();
      if (!chosen.rangeCount || chosen.isCollapsed) return;
      const rows = Sheet.rows().filter((row) => chosen.getRangeAt(0).intersectsNode(row));
      if (rows.length < 2) return;
      text = block(rows);
    }
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };

  // Not the clipboard interface, which plain http in an office's network does not have.
  const copyColumn = () => {
    const label = copyButton.textContent;
    wanted = column();
    const done = document.execCommand("copy");
    wanted = null;
    copyButton.textContent = done ? Sheet.words.copied : Sheet.words.notCopied;
    setTimeout(() => { copyButton.textContent = label; }, 2000);
  };

  Sheet.form.addEventListener("paste", pasted);
  document.addEventListener("copy", copied);
  copyButton.addEventListener("click", copyColumn);
  unplaced.querySelector("button").addEventListener("click", () => tellUnplaced([]));
  return { parse };
})();
