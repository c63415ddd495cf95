// Draws the figures of each duty area by status. The numbers stand in the table beside it.
(() => {
  "use strict";
  const canvas = document.getElementById("statuses");
  const data = JSON.parse(document.getElementById("statuses-data").textContent);
  const tokens = getComputedStyle(document.documentElement);
  const colour = { met: "--met", near: "--near", missed: "--missed", no_data: "--ground", no_target: "--line" };
  const ink = tokens.getPropertyValue("--ink-2").trim();
  const font = { family: tokens.getPropertyValue("--fonts").trim(), size: 12 };
  const small = window.matchMedia("(prefers-reduced-motion: reduce)");

  new Chart(canvas, {
    type: "bar",
    data: {
      labels: data.labels,
      datasets: data.series.map((series) => ({
        label: series.label,
        data: series.counts,
        backgroundColor: tokens.getPropertyValue(colour[series.status]).trim(),
        barPercentage: 0.7,
      })),
    },
    options: {
      indexAxis: "y",
      animation: small.matches ? false : { duration: 200 },
      maintainAspectRatio: false,
      plugins: { legend: { position: "bottom", labels: { color: ink, font, boxWidth: 12 } } },
      scales: {
        x: { stacked: true, ticks: { precision: 0, color: ink, font }, grid: { color: tokens.getPropertyValue("--line").trim() } },
        y: { stacked: true, ticks: { color: ink, font }, grid: { display: false } },
      },
    },
  });
})();
