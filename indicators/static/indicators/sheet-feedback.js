// What the server makes of the boxes, put under them: while somebody types, and after each save.
Sheet.feedback = (() => {
  "use strict";
  const MARKS = ["refused", "conflict", "doubted", "at-value", "at-state", "at-note"];
  const PAUSE = 300;
  let turn = 0; // an answer to an older question is not shown
  let timer = null;
  let withSummary = false;

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  const mark = (row, classes) => {
    row.classList.remove(...MARKS);
    row.classList.add(...[...classes].filter((name) => MARKS.includes(name)));
    const wrong = row.classList.contains("refused");
    const at = row.classList.contains("at-note") ? "note" : row.classList.contains("at-state") ? "state" : "";
    for (const field of Sheet.boxes(row)) {
      const meant = at ? Sheet.kindOf(field) === at : field === Sheet.figureBox(row);
      if (wrong && meant) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    const note = Sheet.box(row, "note");
    if (note) note.placeholder = row.classList.contains("doubted") ? Sheet.words.explain : "";
  };

  // A message of this browser's own, in place of what the server said.
  const say = (row, text, error) => {
    const reading = row.querySelector(".reading");
    const line = document.createElement("p");
    line.className = error ? "error unsent-why" : "reading";
    line.textContent = text;
    reading.querySelector(".unsent-why")?.remove();
    if (error) reading.prepend(line);
    else reading.replaceChildren(line);
  };

  const show = (page) => {
    for (const fresh of page.querySelectorAll("[data-reading]")) {
      const row = Sheet.rowNamed(fresh.dataset.reading);
      // A row that is being saved, or was saved since the question, has a newer answer.
      if (!row || row.classList.contains("sending") || fresh.dataset.version !== Sheet.version(row)?.value) continue;
      const reading = row.querySelector(".reading");
      const why = reading.querySelector(".unsent-why");
      if (reading.innerHTML !== fresh.innerHTML) reading.innerHTML = fresh.innerHTML;
      if (why) reading.prepend(why);
      mark(row, fresh.classList);
      row.dataset.number = fresh.dataset.number;
    }
  };

  // Left as it is while it says the same: somebody may be on one of its links.
  const summarise = (fresh) => {
    const old = document.getElementById("summary");
    if (old.innerHTML !== fresh.innerHTML) old.replaceWith(fresh);
  };

  const tally = () => {
    const counts = {
      unsaved: Sheet.form.querySelectorAll("tr[data-unsaved]").length,
      errors: Sheet.form.querySelectorAll("tr.refused").length,
      doubts: Sheet.form.querySelectorAll("tr.doubted").length,
    };
    for (const [name, count] of Object.entries(counts)) {
      const place = document.getElementById(name);
      place.hidden = !count;
      place.querySelector("b").textContent = count;
    }
  };

  const ask = async () => {
    const asked = ++turn;
    const summary = withSummary;
    withSummary = false;
    try {
      const answer = await fetch(Sheet.words.check, { method: "POST", body: new FormData(Sheet.form) });
      if (!answer.ok || answer.redirected || asked !== turn) return;
      const page = parse(await answer.text());
      if (asked !== turn) return;
      show(page);
      if (summary) summarise(page.getElementById("summary"));
      tally();
    } catch {
      // Without a line nothing is reading; saving says so.
    }
  };

  // Soon, once the typing pauses; `summary` also renews the list of errors above the table.
  const soon = (summary) => {
    turn += 1;
    withSummary = withSummary || Boolean(summary);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  return { parse, mark, say, tally, soon };
})();
