// Draws every canvas that names its data: `<canvas data-chart="id of a json_script">`.
// The same numbers stand in a table on the page.
(() => {
  "use strict";
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const STATUS = { met: "--met", near: "--near", missed: "--missed", no_data: "--ground", no_target: "--untargeted" };
  const BAR = { ...STATUS, no_data: "--bar", no_target: "--bar" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawn = [];

  // As the tables write numbers: grouped by thin spaces, with a true minus.
  const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
  const grouped = (number) => plain.format(number).replaceAll(",", "\u2009").replace("-", "−");

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

  const way = (data) => ({
    type: "line",
    label: data.way_name,
    data: data.way.map((value) => (value === null ? null : Number(value))),
    borderColor: token("--ink-2"),
    backgroundColor: token("--ink-2"),
    borderWidth: 1.5,
    borderDash: [2, 3],
    pointRadius: 2,
    spanGaps: true,
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
      ...(data.way ? [way(data)] : []),
    ],
    bars: (data) =>
      Object.entries(data.names).map(([status, label]) => ({
        label,
        data: data.values.map((value, at) => (data.statuses[at] === status ? Number(value) : null)),
        backgroundColor: token(BAR[status]),
        barPercentage: 0.85,
        grouped: false,
      })),
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
      // The words stand above the plot, where no bar makes them illegible.
      ctx.font = `600 12px ${token("--fonts")}`;
      ctx.textAlign = "center";
      const half = ctx.measureText(data.target_name).width / 2;
      const middle = Math.max(chartArea.left + half, Math.min(chartArea.right - half, x));
      ctx.fillStyle = token("--ink");
      ctx.fillText(data.target_name, middle, chartArea.top - 8);
      ctx.restore();
    },
  });

  // A bar that goes beyond the scale is cut, and says so with its number.
  const cut = (data) => ({
    id: "cut",
    afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
      ctx.save();
      ctx.font = `600 11px ${token("--fonts")}`;
      ctx.textAlign = "right";
      ctx.textBaseline = "middle";
      data.values.forEach((value, at) => {
        if (Number(value) <= Number(data.limit)) return;
        const y = scales.y.getPixelForValue(at);
        const words = `${data.words[at]} ▸▸`;
        const width = ctx.measureText(words).width + 8;
        ctx.fillStyle = token("--panel");
        ctx.fillRect(chartArea.right - width, y - 8, width, 16);
        ctx.fillStyle = token("--ink");
        ctx.fillText(words, chartArea.right - 2, y);
      });
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
      ticks: { color: ink, font, precision: data.kind === "stack" ? 0 : undefined, callback: grouped },
      grid: { color: token("--line") },
      max: data.limit ? Number(data.limit) : undefined,
      // The line drawn across bars is no part of the data: the scale reaches to it all the same.
      suggestedMax: data.target > 0 ? Number(data.target) : undefined,
      suggestedMin: data.target < 0 ? Number(data.target) : undefined,
      // Upright beside a vertical axis it could not be read; the panel's head says it there.
      title: { display: Boolean(data.unit) && sideways, text: data.unit, color: ink, font },
    };
    const stacked = { ...axis, stacked: data.kind === "stack" };
    return new Chart(canvas, {
      type: sideways ? "bar" : "line",
      data: { labels: data.labels, datasets: datasets[data.kind](data) },
      options: {
        indexAxis: sideways ? "y" : "x",
        animation: still ? false : { duration: 200 },
        maintainAspectRatio: false,
        layout: { padding: { top: data.kind === "bars" && data.target !== null ? 22 : 0 } },
        plugins: {
          tooltip: { callbacks: { label: ({ dataset, raw }) => [dataset.label, grouped(raw), data.unit].filter(Boolean).join(" ") } },
          legend: { display: data.kind !== "bars" || data.target !== null, position: "bottom", labels: { color: ink, font, boxWidth: 12 } },
        },
        scales: sideways ? { x: scale, y: stacked } : { x: axis, y: scale },
      },
      plugins: [
        ...(data.kind === "bars" && data.target !== null ? [across(data)] : []),
        ...(data.limit ? [cut(data)] : []),
      ],
    });
  };

  const drawAll = () => {
    while (drawn.length) drawn.pop().destroy();
    for (const canvas of document.querySelectorAll("canvas[data-chart]")) drawn.push(draw(canvas));
  };
  drawAll();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();
