// A block in from Excel or WPS and out to them. In: by name or code where its lines carry one, by
// unit and year where lines, columns or titles do; else lines go down the rows with a box, the first
// column into the figure, the second into the explanation unless it is a number. What does not fit,
// or might be another figure, is shown before anything is filled in. An empty cell, or a dash, leaves
// its box as it is. Out: plain numbers, with 不足 and its like.
Sheet.block = (() => {
  "use strict";
  const unplaced = document.getElementById("unplaced");
  const copyButton = document.getElementById("copy-column");
  const [fill, close] = unplaced.querySelectorAll("button");

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

  const DASH = /^\s*[-—–－―─]+\s*$/;

  // Pairs of box and text for one cell; null where it has no place.
  const places = ({ row, kind, text }) => {
    const state = Sheet.box(row, "state");
    if (kind === "note") return [[Sheet.box(row, "note"), text.replace(/\n/g, " ").trim()]];
    if (DASH.test(text)) return []; // as spreadsheets show what is not there, or 0
    const figure = Sheet.figureBox(row);
    const why = choice(state, text);
    if (why) return [[figure, ""], [state, why]];
    const reset = state ? [[state, ""]] : [];
    if (figure.tagName !== "SELECT") return /\n/.test(text.trim()) ? null : [[figure, text.trim()], ...reset];
    const statement = choice(figure, text);
    return statement ? [[figure, statement], ...reset] : null;
  };

  let waiting = []; // what fits, while somebody looks at what does not

  const show = (left) => {
    unplaced.hidden = !left.length;
    unplaced.querySelector("ul").replaceChildren(
      ...left.map(({ line, text, why }) => {
        const item = document.createElement("li");
        item.textContent = Sheet.words.line.replace("{n}", line) + text.replace(/\n/g, "⏎") + (why ? Sheet.words[why] : "");
        return item;
      }),
    );
    fill.hidden = !waiting.length;
    fill.textContent = Sheet.words.fill.replace("{n}", new Set(waiting.map(([field]) => Sheet.rowOf(field))).size);
    if (left.length) (waiting.length ? fill : close).focus();
  };

  const finish = (pairs) => {
    waiting = [];
    show([]);
    if (pairs.length) Sheet.undo.set(pairs);
  };

  const paste = (field, lines) => {
    const pairs = [];
    const left = [];
    for (const cell of Sheet.table.read(lines, field)) {
      const found = cell.row ? places(cell) : null;
      if (found) pairs.push(...found);
      else left.push({ ...cell, why: cell.why ?? (/\n/.test(cell.text.trim()) ? "lines" : "noBox") });
    }
    if (!left.length) finish(pairs);
    else {
      waiting = pairs;
      show(left);
    }
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

  // The figure in digits with its 不足, as typed where it has 余, or what was chosen in its place:
  // pasted back, it says the same.
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
  fill.addEventListener("click", () => finish(waiting));
  close.addEventListener("click", () => finish([]));
  return { parse };
})();
