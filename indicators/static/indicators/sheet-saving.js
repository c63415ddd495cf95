// Saves rows one after the other, each over the version it was typed over; keeps what cannot be
// sent and sends it when the line, or the session, is back.
Sheet.saving = (() => {
  "use strict";
  const LONGEST = 60000;
  const queue = new Set();
  const trouble = document.getElementById("trouble");
  let busy = false;
  let failures = 0;
  let mustRenew = false;
  let timer = null;

  // While a row is on its way, what stood there before is no measure: the server may have the text
  // that was sent, so a box put back to the old text is still to be saved.
  const isUnsaved = (row) => Sheet.isChanged(row) || row.classList.contains("sending");

  const token = () => Sheet.form.querySelector("[name=csrfmiddlewaretoken]");

  const body = (row) => {
    const data = new FormData();
    const more = [document.getElementById("in_unit"), document.getElementById("reason")].filter(Boolean);
    for (const field of [token(), Sheet.version(row), ...Sheet.boxes(row), ...more]) {
      data.append(field.name, field.value);
    }
    return data;
  };

  // What the server has of the row now. Where nothing was saved, because the old text was put back,
  // it may be somebody else's: it comes into the box with its version, never behind an older text.
  const stand = (row, fresh, sent) => {
    Sheet.version(row).value = Sheet.version(fresh).value;
    const now = Sheet.texts(fresh);
    Sheet.remember(row, now);
    for (const field of Sheet.boxes(row)) {
      const kind = Sheet.kindOf(field);
      if (field.value === sent[kind] && field.value.trim() !== now[kind]) field.value = now[kind];
    }
    Sheet.undo.know([row]);
  };

  // Puts the answer in: version and words of the row itself, computed rows as a whole. What was
  // typed stays, also what was typed while the save was under way.
  const takeOver = (row, page, sent) => {
    for (const fresh of page.querySelectorAll("tr[data-code]")) {
      const old = Sheet.rowNamed(fresh.id.slice("row_".length));
      if (old === row) {
        row.querySelector(".feedback").innerHTML = fresh.querySelector(".feedback").innerHTML;
        row.dataset.number = fresh.dataset.number;
        Sheet.feedback.mark(row, fresh.classList);
        if (!row.classList.contains("refused")) stand(row, fresh, sent);
      } else if (old) {
        old.replaceWith(fresh);
      }
    }
    for (const id of ["finding", "tabs"]) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id).replaceWith(fresh);
    }
  };

  // One of: saved, refused, offline, signed-out, unknown, unseen, away, failed. A lost answer says nothing
  // of the save: the row is sent again over the same version, and the server, which tells what it
  // has of it, makes no second version of what it stored the first time.
  const send = async (row) => {
    const sent = Sheet.texts(row);
    let answer;
    let html;
    try {
      answer = await fetch(row.dataset.save, { method: "POST", body: body(row) });
      html = await answer.text();
    } catch {
      return navigator.onLine ? "unknown" : "offline";
    }
    if (!answer.headers.get("X-Sheet-Row")) {
      if (answer.headers.get("X-Saved")) return "unseen"; // saved, though its row could not be drawn
      if (answer.headers.get("X-Unsaved")) return "away"; // the database is, and nothing was saved
      return answer.redirected || answer.status === 403 ? "signed-out" : "failed";
    }
    takeOver(row, Sheet.feedback.parse(html), sent);
    if (!answer.ok) return "refused";
    const saved = row.querySelector(".saved");
    if (saved) document.getElementById("saved-at").textContent = saved.textContent;
    if (Sheet.isChanged(row)) {
      row.dataset.unsaved = "1";
      Sheet.storage.put(row);
      queue.add(row);
    } else {
      delete row.dataset.unsaved;
      Sheet.storage.drop(row);
    }
    return "saved";
  };

  // After signing in again the old token is no longer good; and it must be the same person.
  const renew = async () => {
    let page;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (answer.redirected) return "signed-out";
      if (!answer.ok) return "failed";
      page = Sheet.feedback.parse(await answer.text());
    } catch {
      return "offline";
    }
    const there = page.getElementById("sheet");
    if (!there) return "signed-out";
    if (there.dataset.user !== Sheet.form.dataset.user) return "another";
    token().value = there.querySelector("[name=csrfmiddlewaretoken]").value;
    mustRenew = false;
    return "";
  };

  const wait = (why) => {
    const { offline, signedOut, another, unknown, unseen, away, failed } = Sheet.words;
    const text = { offline, "signed-out": signedOut, another, unknown, unseen, away }[why] ?? failed;
    mustRenew = mustRenew || why === "signed-out" || why === "another";
    for (const row of queue) Sheet.feedback.say(row, text, true);
    trouble.hidden = false;
    trouble.querySelector("span").textContent = text;
    trouble.querySelector("a").hidden = !mustRenew;
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(pump, Math.min(LONGEST, 1000 * 2 ** failures));
  };

  const calm = () => {
    failures = 0;
    trouble.hidden = true;
    Sheet.form.querySelectorAll(".unsent-why").forEach((line) => line.remove());
  };

  const pump = async () => {
    if (busy || !queue.size) return;
    busy = true;
    clearTimeout(timer);
    let why = mustRenew ? await renew() : "";
    while (!why && queue.size) {
      const [row] = queue;
      queue.delete(row);
      row.classList.add("sending");
      const outcome = await send(row);
      row.classList.remove("sending");
      if (outcome === "saved" || outcome === "refused") {
        calm();
      } else {
        queue.add(row);
        why = outcome;
      }
      Sheet.feedback.tally();
    }
    busy = false;
    if (why) wait(why);
    else Sheet.feedback.soon(true);
  };

  // The row is to be saved: as it is left, after a paste, undo, or at a visit that finds it kept.
  const save = (row) => {
    if (!isUnsaved(row) && row.dataset.unsaved === undefined) return;
    row.dataset.unsaved = "1";
    Sheet.storage.put(row);
    queue.add(row);
    Sheet.feedback.tally();
    pump();
  };

  // Typed in, not yet left.
  const touch = (row) => {
    row.querySelector(".saved")?.remove();
    if (isUnsaved(row)) {
      row.dataset.unsaved = "1";
      Sheet.storage.put(row);
    } else if (!row.classList.contains("refused")) {
      delete row.dataset.unsaved;
      Sheet.storage.drop(row);
    }
    Sheet.feedback.tally();
  };

  const again = () => {
    if (queue.size) pump();
  };

  return { save, touch, again };
})();
