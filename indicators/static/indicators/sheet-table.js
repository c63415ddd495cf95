// Reads a block as a table: which line is which row of the sheet, which column the figure.
Sheet.table = (() => {
  "use strict";
  const YEAR = /^((?:19|20)\d\d)(?:年度?|学年|[/—–-]\d{2,4}(?:学?年度?)?)?(?:[(（].*[)）])?$/;
  const NUMBER = /\d/;
  const NOTE = /^(?:说明|备注|填报说明|原因|note|notes|remark)$/i;
  const OWN = /^(?:本年|当年|本年数|当年数|本期|数值|填报值|value)$/i;
  const OTHER = /^(?:上年|去年|上年数|上期|前年|目标|目标值|同比|增减)$/i;
  const KEY = /^(?:指标|指标名称|名称|项目|代码|指标代码|indicator|code|name)$/i;
  const UNIT = /^(?:单位|计量单位|unit)$/i;

  const everyRow = () => [...Sheet.form.querySelectorAll("tr[data-code]")];

  // 1. 在园幼儿总数（人） and 在园幼儿总数 are one name.
  const plain = (text) =>
    text
      .trim()
      .replace(/^(?:[(（]?[\d一二三四五六七八九十]+[)）]?[、.．\s]+|其中[:：])/, "")
      .replace(/[(（][^()（）]*[)）]$/, "")
      .replace(/\s+/g, "")
      .toLowerCase();

  const names = () => {
    const found = new Map();
    for (const row of everyRow()) {
      found.set(row.dataset.code.toLowerCase(), row);
      for (const name of [row.dataset.name.trim().replace(/\s+/g, "").toLowerCase(), plain(row.dataset.name)]) {
        found.set(name, found.has(name) && found.get(name) !== row ? null : row); // two alike name none
      }
    }
    return found;
  };

  const rowFor = (known, cell) => known.get((cell ?? "").trim().replace(/\s+/g, "").toLowerCase()) ?? known.get(plain(cell ?? "")) ?? null;

  const yearOf = (cell) => Number(YEAR.exec((cell ?? "").trim())?.[1] ?? 0);

  // The column whose cells name most rows; -1 where none does.
  const keyColumn = (lines, known) => {
    const width = Math.max(...lines.map((line) => line.length));
    let best = -1;
    let most = 0;
    for (let at = 0; at < width; at += 1) {
      const named = lines.filter((line) => line[at]?.trim() && rowFor(known, line[at])).length;
      if (named > most) [best, most] = [at, named];
    }
    return best;
  };

  const isHead = (line, keyed) => {
    const cells = line.map((cell) => cell.trim()).filter(Boolean);
    const years = cells.filter(yearOf);
    const words = cells.filter((cell) => [NOTE, OWN, OTHER, KEY, UNIT].some((word) => word.test(cell)));
    if (!cells.length || cells.length > years.length + words.length) return false;
    return Boolean(words.length) || (years.length && (keyed || years.length > 1 || years.some((cell) => !/^\d+$/.test(cell))));
  };

  // What each column is: {note}, {year} or {value}; nothing where it is none of them.
  const headed = (head, key) =>
    head.map((cell, at) => {
      const text = cell.trim();
      if (at === key) return {};
      if (NOTE.test(text)) return { note: true };
      if (OWN.test(text)) return { value: true };
      if (yearOf(text)) return { year: yearOf(text) };
      return {};
    });

  // Without a head: the only column of numbers is the figure, words behind it the explanation.
  const guessed = (lines, key) => {
    const width = Math.max(...lines.map((line) => line.length));
    const texts = (at) => lines.map((line) => (line[at] ?? "").trim()).filter(Boolean);
    const columns = [...Array(width).keys()].filter((at) => at !== key && texts(at).length);
    const numbers = columns.filter((at) => texts(at).some((text) => NUMBER.test(text)));
    const values = numbers.length ? numbers : columns.slice(0, 1);
    return [...Array(width).keys()].map((at) => {
      if (at === values[0] && values.length === 1) return { value: true };
      if (values.length > 1 && values.includes(at)) return { several: true };
      return columns.includes(at) && at > values[0] ? { note: true } : {};
    });
  };

  // 万元, beside a number that names no unit itself, or behind its name: 支出（万元）.
  const withUnit = (text, line, key, column) => {
    if (!/^[\s\d.,，]+$/.test(text)) return text;
    const beside = (line[column] ?? "").trim();
    const behind = /[(（]([^()（）]*[元人%％所个名次位])[)）]$/.exec((line[key] ?? "").trim())?.[1] ?? "";
    return text.trim() + (beside || behind);
  };

  // One cell for one row: {row, kind, text}, or {line, text, why} where it has no place.
  const cellsOf = (row, line, number, columns) => {
    const found = [];
    line.forEach((text, at) => {
      const column = columns[at] ?? {};
      if (!text.trim()) return;
      if (column.several) found.push({ line: number, text, why: "several" });
      else if (column.note) found.push({ row, kind: "note", text, line: number });
      else if (column.value || column.year === Number(row.dataset.year)) found.push({ row, kind: "value", text, line: number });
    });
    return found;
  };

  const byName = (lines, known, key) => {
    const head = lines.findIndex((line) => isHead(line, true));
    const body = lines.map((line, at) => [line, at + 1]).filter(([line, number]) => number !== head + 1 && line.some((cell) => cell.trim()));
    const columns = head >= 0 ? headed(lines[head], key) : guessed(body.map(([line]) => line), key);
    const years = columns.some((column) => column.year);
    return body.flatMap(([line, number]) => {
      const row = rowFor(known, line[key]);
      if (!row) return [{ line: number, text: line.join(" ").trim(), why: "unknownRow" }];
      if (row.classList.contains("computed")) return []; // worked out here, whatever the table says
      if (!row.dataset.save) return [{ line: number, text: line.join(" ").trim(), why: "shut" }];
      const unit = head >= 0 ? lines[head].findIndex((cell) => UNIT.test(cell.trim())) : -1;
      const found = cellsOf(row, line, number, columns).map((cell) =>
        (cell.kind === "value" ? { ...cell, text: withUnit(cell.text, line, key, unit) } : cell));
      const none = !found.some((cell) => cell.kind === "value" || cell.why);
      if (none && years && !columns.some((column) => column.year === Number(row.dataset.year))) {
        return [{ line: number, text: line.join(" ").trim(), why: "year" }];
      }
      return found;
    });
  };

  const byPlace = (lines, field) => {
    const rows = Sheet.rows();
    const first = rows.indexOf(Sheet.rowOf(field));
    const note = Sheet.kindOf(field) === "note";
    const head = isHead(lines[0], false) ? headed(lines[0], -1) : null;
    const body = lines.map((line, at) => [line, at + 1]).slice(head ? 1 : 0);
    return body.flatMap(([line, number], down) => {
      const row = rows[first + down];
      if (head && row) return cellsOf(row, line, number, head);
      return line.flatMap((text, at) => {
        if (!text.trim()) return [];
        const kind = note ? ["note"][at] : ["value", "note"][at];
        // A number beside a figure is another year's, and never an explanation.
        const fits = row && kind && !(kind === "note" && !note && /^[\s\d,.%％万亿元人所个-]+$/.test(text));
        return [fits ? { row, kind, text, line: number } : { line: number, text, why: "noBox" }];
      });
    });
  };

  const read = (lines, field) => {
    const known = names();
    const key = keyColumn(lines, known);
    return key >= 0 ? byName(lines, known, key) : byPlace(lines, field);
  };

  return { read };
})();
