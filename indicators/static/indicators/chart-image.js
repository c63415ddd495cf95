// Saves a chart as a picture (PNG), headed with the page and its finding, and dated.
(() => {
  "use strict";
  const words = document.getElementById("table-words").dataset;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const EDGE = 16;
  const LINE = 22;

  // Words broken where the picture ends, sign by sign: Chinese has no gaps.
  const lines = (pen, text, width) => {
    const found = [""];
    for (const sign of text) {
      if (pen.measureText(found.at(-1) + sign).width > width) found.push("");
      found[found.length - 1] += sign;
    }
    return found;
  };

  const textOf = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";

  const picture = (canvas) => {
    const scale = canvas.width / canvas.clientWidth;
    const width = canvas.clientWidth;
    const made = document.createElement("canvas");
    const pen = made.getContext("2d");
    const fonts = token("--fonts");
    const head = document.querySelector("h1").firstChild.textContent.trim();
    const panel = canvas.closest(".panel");
    const said = [
      [`600 15px ${fonts}`, "--ink", head],
      [`13px ${fonts}`, "--ink-2", canvas.getAttribute("aria-label")],
      [`12px ${fonts}`, "--ink-2", textOf(panel?.querySelector(".panel-head .sub"))],
    ].filter(([, , text]) => text);
    const written = said.flatMap(([font, ink, text]) => {
      pen.font = font;
      return lines(pen, text, width).map((line) => [font, ink, line]);
    });
    const marks = [document.querySelector(".provisional")?.firstChild, document.querySelector(".banner")].map(textOf);
    const foot = [new Date().toLocaleDateString("sv-SE"), ...marks].filter(Boolean).join("  ");
    pen.font = `11px ${fonts}`;
    written.push(...lines(pen, foot, width).map((line) => [`11px ${fonts}`, "--ink-2", line]));
    made.width = (width + 2 * EDGE) * scale;
    made.height = (canvas.clientHeight + written.length * LINE + 3 * EDGE) * scale;
    pen.scale(scale, scale);
    pen.fillStyle = token("--panel");
    pen.fillRect(0, 0, made.width, made.height);
    written.forEach(([font, ink, line], at) => {
      pen.font = font;
      pen.fillStyle = token(ink);
      pen.fillText(line, EDGE, EDGE + LINE * (at + 0.7));
    });
    pen.drawImage(canvas, EDGE, written.length * LINE + 2 * EDGE, width, canvas.clientHeight);
    return [made, head];
  };

  const save = (canvas) => {
    const [made, name] = picture(canvas);
    made.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${name}.png`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  };

  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const tools = document.createElement("p");
    const button = document.createElement("button");
    tools.className = "table-tools";
    button.type = "button";
    button.className = "link";
    button.textContent = words.image;
    button.addEventListener("click", () => save(canvas));
    tools.append(button);
    canvas.parentElement.before(tools);
  }
})();
