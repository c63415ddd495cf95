// Draws every canvas that names its data: `<canvas data-chart="id of a json_script">`.
// The same numbers stand in a table on the page.
(() => {
  "use strict";
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const STATUS = { met: "--met", near: "--near", missed: "--missed", no_data: "--ground", no_target: "--untargeted" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawn = [];

  const line = (data, count) => ({
    type: "line",
    label: data.target_name,
    data: Array(count).fill(Number(data.target)),
    borderColor: token("--ink"),
    borderWidth: 1.5,
    borderDash: [5, 4],
    pointRadius: 0,
    pointHitRadius: 0,
  });

  const datasets = {
    stack: (data) =>
      data.series.map((series) => ({
        label: series.label,
        data: series.counts,
        backgroundColor: token(STATUS[series.status]),
        barPercentage: 0.7,
      })),
    trend: (data) => [
      {
        type: "line",
        label: data.name,
        data: data.values.map((value) => (value === null ? null : Number(value))),
        borderColor: token("--accent"),
        backgroundColor: token("--accent"),
        borderWidth: 2,
        pointRadius: 4,
        spanGaps: true,
      },
      ...(data.target === null ? [] : [line(data, data.labels.length)]),
    ],
    bars: (data) => [
      {
        label: data.name,
        data: data.values.map(Number),
        backgroundColor: data.short.map((short) => token(short ? "--short" : "--bar")),
        barPercentage: 0.85,
      },
    ],
  };

  // Bars lie on their side, so the target's line is drawn across them by hand.
  const across = (data) => ({
    id: "target",
    afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
      const x = scales.x.getPixelForValue(Number(data.target));
      ctx.save();
      ctx.strokeStyle = token("--ink");
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      // The words stand on paper of their own: the bars would make them illegible.
      ctx.font = `600 12px ${token("--fonts")}`;
      ctx.textAlign = "center";
      const half = ctx.measureText(data.target_name).width / 2 + 5;
      const middle = Math.max(chartArea.left + half, Math.min(chartArea.right - half, x));
      ctx.fillStyle = token("--panel");
      ctx.fillRect(middle - half, chartArea.top, 2 * half, 18);
      ctx.fillStyle = token("--ink");
      ctx.fillText(data.target_name, middle, chartArea.top + 13);
      ctx.restore();
    },
  });

  const draw = (canvas) => {
    const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    const font = { family: token("--fonts"), size: 12 };
    const ink = token("--ink-2");
    const sideways = data.kind !== "trend";
    const axis = { ticks: { color: ink, font, autoSkip: sideways ? false : true }, grid: { display: false } };
    const scale = {
      stacked: data.kind === "stack",
      grace: data.kind === "trend" ? "10%" : 0,
      ticks: { color: ink, font, precision: data.kind === "stack" ? 0 : undefined },
      grid: { color: token("--line") },
      title: { display: Boolean(data.unit), text: data.unit, color: ink, font },
    };
    const stacked = { ...axis, stacked: data.kind === "stack" };
    return new Chart(canvas, {
      type: sideways ? "bar" : "line",
      data: { labels: data.labels, datasets: datasets[data.kind](data) },
      options: {
        indexAxis: sideways ? "y" : "x",
        animation: still ? false : { duration: 200 },
        maintainAspectRatio: false,
        plugins: {
          legend: { display: data.kind !== "bars", position: "bottom", labels: { color: ink, font, boxWidth: 12 } },
        },
        scales: sideways ? { x: scale, y: stacked } : { x: axis, y: scale },
      },
      plugins: data.kind === "bars" && data.target !== null ? [across(data)] : [],
    });
  };

  const drawAll = () => {
    while (drawn.length) drawn.pop().destroy();
    for (const canvas of document.querySelectorAll("canvas[data-chart]")) drawn.push(draw(canvas));
  };
  drawAll();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();
