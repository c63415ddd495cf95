// Draws every canvas that names its data: `<canvas data-chart="id of a json_script">`.
// The same numbers stand in a table on the page, which is seen before what draws is asked for.
(() => {
  "use strict";
  const libraries = document.currentScript.dataset.libraries.trim().split(/\s+/);
  const root = document.documentElement;
  // Looked up once, as a style asked for between two drawings is worked out each time.
  const tokens = new Map();
  const token = (name) => {
    if (!tokens.has(name)) tokens.set(name, getComputedStyle(root).getPropertyValue(name).trim());
    return tokens.get(name);
  };
  const STATUS = { met: "--met", near: "--near", missed: "--missed", no_data: "--ground", no_target: "--untargeted" };
  const BAR = { ...STATUS, no_data: "--bar", no_target: "--bar" };
  const ROW = 20; // of words above the plot
  const STEP = 17; // from bar to bar
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map(); // by canvas

  // As the tables write numbers: grouped by thin spaces, with a true minus.
  const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
  const grouped = (number) => plain.format(number).replaceAll(",", "\u2009").replace("-", "−");
  const number = (text) => (text === null ? null : Number(text));

  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${token("--fonts")}`;
  const width = (words) => pen.measureText(words).width;
  // The whole name stands in the table, and where one points at the bar.
  const shortened = (words, room) => {
    if (width(words) <= room) return words;
    const signs = [...words];
    while (signs.length > 1 && width(`${signs.join("")}…`) > room) signs.pop();
    return `${signs.join("")}…`;
  };
  // Broken sign by sign: Chinese has no gaps.
  const lines = (words, room) => {
    const found = [""];
    for (const sign of words) {
      if (width(found.at(-1) + sign) > room) found.push("");
      found[found.length - 1] += sign;
    }
    return found;
  };

  // From the base year to the target's, where only both ends are known.
  const way = (data) => ({
    label: data.way_name,
    data: data.way.map(number),
    borderColor: token("--ink-2"),
    backgroundColor: token("--ink-2"),
    borderWidth: 1.5,
    borderDash: [2, 3],
    pointRadius: 2,
    spanGaps: true,
  });

  // The line reaches over years without a figure, but never over a change of what it means.
  const across = (data, { p0DataIndex, p1DataIndex }) =>
    data.breaks.some(({ at }) => p0DataIndex < at && at <= p1DataIndex);

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
        label: data.name,
        data: data.values.map(number),
        borderColor: token("--accent"),
        backgroundColor: token("--accent"),
        borderWidth: 2,
        pointRadius: 4,
        clip: 6,
        spanGaps: true,
        segment: { borderColor: (segment) => (across(data, segment) ? "transparent" : undefined) },
      },
      ...(data.way ? [way(data)] : []),
    ],
    bars: (data) =>
      Object.entries(data.names).map(([status, label]) => ({
        label,
        data: data.values.map((value, at) => (data.statuses[at] === status ? Number(value) : null)),
        backgroundColor: token(BAR[status]),
        barPercentage: 0.85,
        grouped: false,
        maxBarThickness: 24,
      })),
    boxes: (data) => [
      {
        label: data.name,
        data: data.boxes.map((box) => box && {
          ...Object.fromEntries(Object.entries(box).map(([name, told]) => [name, Number(told)])),
          outliers: box.outliers.map(Number),
        }),
        backgroundColor: token("--bar"),
        borderColor: token("--ink-2"),
        borderWidth: 1.5,
        medianColor: token("--ink"),
        outlierBackgroundColor: token("--panel"),
        outlierBorderColor: token("--ink"),
        outlierBorderWidth: 1.5,
        outlierRadius: 3.5,
        outlierHitRadius: 6,
        maxBarThickness: 56,
        clip: 6,
        categoryPercentage: 0.7,
      },
    ],
  };

  // Words in rows above the plot, where nothing drawn makes them illegible.
  const words = (content, bold, row, place) => ({
    type: "label",
    content,
    color: token("--ink"),
    font: { family: token("--fonts"), size: 12, weight: bold ? 600 : 400 },
    padding: 0,
    yAdjust: ({ chart }) => -chart.chartArea.height / 2 - ROW * (row - 0.4),
    ...place,
  });

  const line = (axis, at, ink, dash) => ({
    type: "line",
    [`${axis}Min`]: at,
    [`${axis}Max`]: at,
    borderColor: token(ink),
    borderWidth: 1.5,
    borderDash: dash,
  });

  // The middle of words at a place on the horizontal scale, moved so that none of them is cut.
  const within = (at, content) => ({ chart }) => {
    const { left, right } = chart.chartArea;
    const half = width(content) / 2 + 6;
    const x = chart.scales.x.getPixelForValue(at);
    return Math.max(left + half, Math.min(chart.width - half, x)) - (left + right) / 2;
  };

  const rowsAbove = (data) => (data.breaks?.length ? 1 : 0) + (data.target ? 1 : 0);

  const annotations = (data, sideways) => {
    const found = (data.breaks ?? []).flatMap(({ at, words: content }) => [
      line("x", at - 0.5, "--ink-2", [2, 3]),
      words(content, false, 1, { xAdjust: within(at - 0.5, content) }),
    ]);
    if (!data.target) return found;
    const target = Number(data.target);
    // Along its line the words would stand among what is drawn; a key above says what is dashed.
    const key = `- - ${data.target_name}`;
    const place = sideways
      ? { xAdjust: within(target, data.target_name) }
      : { xAdjust: ({ chart }) => chart.chartArea.width / 2, position: { x: "end", y: "center" } };
    return [
      ...found,
      line(sideways ? "x" : "y", target, "--ink", [5, 4]),
      words(sideways ? data.target_name : key, true, rowsAbove(data), place),
    ];
  };

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

  // What is said where one points: of a box its words, else the number with its unit.
  const said = (data) => ({ chart, dataset, dataIndex, raw }) => {
    const told = data.boxes
      ? data.boxes[dataIndex].words
      : [[dataset.label, grouped(raw), data.unit].filter(Boolean).join(" ")];
    return told.flatMap((one) => lines(one, chart.width - 60));
  };

  const options = (data, { moving, sharp }) => {
    const font = { family: token("--fonts"), size: 12 };
    const ink = token("--ink-2");
    const sideways = data.kind === "stack" || data.kind === "bars";
    const stacked = data.kind === "stack";
    const names = {
      stacked,
      ticks: { color: ink, font, autoSkip: !sideways, maxRotation: 0 },
      grid: { display: false },
    };
    if (sideways) {
      names.ticks.callback = function (at) {
        return shortened(this.getLabelForValue(at), this.chart.width * 0.45);
      };
    }
    const scale = {
      stacked,
      beginAtZero: sideways,
      grace: sideways ? 0 : "10%",
      ticks: { color: ink, font, precision: stacked ? 0 : undefined, callback: grouped },
      grid: { color: token("--line") },
      max: number(data.limit ?? data.most ?? null) ?? undefined,
      // Upright beside a vertical axis it could not be read; the panel's head says it there.
      title: { display: Boolean(data.unit) && sideways, text: data.unit, color: ink, font },
    };
    const series = stacked || data.kind === "bars" ? data.target !== null : Boolean(data.way);
    return {
      indexAxis: sideways ? "y" : "x",
      animation: moving && !still.matches ? { duration: 200 } : false,
      devicePixelRatio: sharp ? 2 * window.devicePixelRatio : undefined,
      maintainAspectRatio: false,
      layout: { padding: { top: rowsAbove(data) ? ROW * rowsAbove(data) + 4 : 0 } },
      plugins: {
        annotation: { clip: false, annotations: annotations(data, sideways) },
        tooltip: {
          displayColors: data.kind !== "boxes",
          backgroundColor: token("--ink"),
          titleColor: token("--panel"),
          bodyColor: token("--panel"),
          titleFont: { ...font, weight: 600 },
          bodyFont: font,
          callbacks: {
            title: ([item]) => (item ? lines(item.label, item.chart.width - 60) : []),
            label: said(data),
          },
        },
        legend: { display: series, position: "bottom", labels: { color: ink, font, boxWidth: 12 } },
      },
      scales: sideways ? { x: scale, y: names } : { x: names, y: scale },
    };
  };

  const TYPES = { stack: "bar", bars: "bar", trend: "line", boxes: "boxplot" };

  const dataOf = (canvas) => JSON.parse(document.getElementById(canvas.dataset.chart).textContent);

  const draw = (canvas, how) => {
    const data = dataOf(canvas);
    return new Chart(canvas, {
      type: TYPES[data.kind],
      data: { labels: data.labels, datasets: datasets[data.kind](data) },
      options: options(data, how),
      plugins: data.limit ? [cut(data)] : [],
    });
  };

  const put = (canvas, how = {}) => {
    drawn.get(canvas)?.destroy();
    drawn.set(canvas, draw(canvas, how));
  };
  // Each in a task of its own as it comes near, so that the page answers meanwhile and a telephone
  // draws no more than is looked at. `moving`: bars grow as they appear.
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      setTimeout(() => drawn.has(target) || put(target, { moving: true }));
    }
  }, { rootMargin: "200px" });
  const canvases = document.querySelectorAll("canvas[data-chart]");
  // Its room at once, so that nothing below moves when it is drawn.
  for (const canvas of canvases) {
    const { kind, labels } = dataOf(canvas);
    if (kind === "bars") canvas.parentElement.style.height = `${STEP * labels.length + 110}px`;
  }
  // In their order, as the plug-ins look for what they are plugged into.
  const loaded = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const failed = () => reject(new Error(address));
    Object.assign(script, { src: address, async: false, onload: resolve, onerror: failed });
    document.head.append(script);
  });
  let ready = false;
  const start = async () => {
    await Promise.all(libraries.map(loaded));
    ready = true;
    canvases.forEach((canvas) => near.observe(canvas));
  };
  // Once the page stands and is painted.
  const begin = () => requestAnimationFrame(() => setTimeout(start));
  if (canvases.length) document.addEventListener("DOMContentLoaded", begin);
  // Those drawn so far, in the colours of now.
  const again = () => {
    tokens.clear();
    for (const canvas of drawn.keys()) put(canvas);
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);

  // Paper is light, whatever the screen is: dark colours would be pale on it. It is `sharp`.
  let theme = null;
  window.addEventListener("beforeprint", () => {
    if (!ready) return;
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    tokens.clear();
    canvases.forEach((canvas) => put(canvas, { sharp: true }));
  });
  window.addEventListener("afterprint", () => {
    if (theme === null) return;
    root.dataset.theme = theme;
    again();
  });
})();
