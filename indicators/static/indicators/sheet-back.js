// Back and forward show the page as the browser kept it, which may be as it was first sent. What is
// stored by now comes into the rows then; what is typed and not sent stays, over its own version.
(() => {
  "use strict";

  const isOlder = (row, fresh) =>
    !row.dataset.save || !fresh.dataset.save ||
    Sheet.version(row).value !== Sheet.version(fresh).value || !Sheet.same(Sheet.texts(row), Sheet.texts(fresh));

  const replace = (row, fresh) => {
    const name = row.contains(document.activeElement) ? document.activeElement.name : "";
    row.replaceWith(fresh);
    if (!fresh.dataset.save) return;
    fresh.querySelectorAll("button.same").forEach((button) => { button.hidden = false; });
    Sheet.remember(fresh, Sheet.texts(fresh));
    Sheet.undo.know([fresh]);
    if (name) Sheet.form.elements.namedItem(name)?.focus();
  };

  const versions = () => Sheet.rows().map((row) => Sheet.version(row).value).join();

  const refresh = async () => {
    const before = versions();
    let page;
    try {
      const answer = await fetch(location.pathname, { cache: "no-store", headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      page = Sheet.feedback.parse(await answer.text());
    } catch {
      return; // Without a line the page stays; saving says so.
    }
    if (page.getElementById("sheet")?.dataset.user !== Sheet.form.dataset.user) return;
    if (versions() !== before) { // The answer is older than what was saved meanwhile.
      await refresh();
      return;
    }
    for (const fresh of page.querySelectorAll("tr[data-code]")) {
      const row = Sheet.rowNamed(fresh.dataset.code);
      const isTyped = row?.dataset.unsaved !== undefined || row?.classList.contains("sending");
      if (row && !isTyped && isOlder(row, fresh)) replace(row, fresh);
    }
    for (const id of ["finding", "tabs", "saved-at"]) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceWith(fresh);
    }
    Sheet.feedback.tally();
    Sheet.feedback.soon(true);
  };

  window.addEventListener("pageshow", (event) => {
    if (event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward") refresh();
  });
})();
