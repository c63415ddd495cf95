// On the page of a conflict: who keeps theirs no longer wants what this browser kept of the row.
(() => {
  "use strict";
  const form = document.getElementById("choices");
  form.addEventListener("submit", () => {
    for (const chosen of form.querySelectorAll("[name$=-choice][value=theirs]:checked")) {
      const code = chosen.name.slice(0, -"-choice".length);
      try {
        localStorage.removeItem(`sheet:${form.dataset.user}:${form.dataset.place}:${code}`);
      } catch {
        // Where nothing can be kept, nothing is to be dropped.
      }
    }
  });
})();
