// Reads a block as a table: which line is which row of the sheet, which column the figure. What
// might be another figure (a part of it, a forecast, one of two for one box) has no place.
Sheet.table = (() => {
  "use strict";
  const YEAR = /^((?:19|20)\d\d)(?:年度?|学年|[/—–-]\d{2,4}(?:学?年度?)?)?(?:[(（](.*)[)）])?$/;
  const SAME_YEAR = /^(?:本年|当年|本期|实际|实际数|全年|年末|期末|年度|学年)?$/; // in its brackets
  const NUMBER = /\d/;
  const NOTE = /^(?:说明|备注|填报说明|原因|note|notes|remark)$/i;
  const OWN = /^(?:本年|当年|本年数|当年数|本期|数值|填报值|value)$/i;
  const OTHER = /^(?:上年|去年|上年数|上期|前年|目标|目标值|同比|增减)$/i;
  const KEY = /^(?:指标|指标名称|名称|项目|代码|指标代码|indicator|code|name)$/i;
  const UNIT = /^(?:单位|计量单位|unit)$/i;
  const NOTHING = /^[\s—–－―─-]*$/;
  const BRACKETS = /[(（]([^()（）]*)[)）]$/;

  const everyRow = () => [...Sheet.form.querySelectorAll("tr[data-code]")];
  const bare = (text) => text.trim().replace(/\s+/g, "").toLowerCase();

  // 1. 在园幼儿总数（人） and 在园幼儿总数 are one name; 在园幼儿总数（公办） is another.
  const plain = (text) =>
    bare(Sheet.units.split(text.trim().replace(/^(?:[(（]?[\d一二三四五六七八九十]+[)）]?[、.．\s]+|其中[:：])/, ""))[0]);

  const names = () => {
    const found = new Map();
    const call = (name, row) => found.set(name, found.has(name) && found.get(name) !== row ? null : row); // two alike name none
    for (const row of everyRow()) {
      for (const name of new Set([row.dataset.code.toLowerCase(), bare(row.dataset.name), plain(row.dataset.name)])) call(name, row);
    }
    // What stands in the brackets of its own name may be left out, unless that is another's name.
    const taken = new Set(found.keys());
    for (const row of everyRow()) {
      const short = bare(row.dataset.name.trim().replace(BRACKETS, ""));
      if (!taken.has(short)) call(short, row);
    }
    return found;
  };

  const named = (known, text) => known.get(bare(text)) ?? known.get(plain(text)) ?? null;

  // Brackets behind a name may hold its code, or the other way round.
  const rowFor = (known, cell) => {
    const text = (cell ?? "").trim();
    const inside = BRACKETS.exec(text)?.[1];
    const found = named(known, text);
    if (found || !inside) return found;
    const outside = named(known, text.replace(BRACKETS, ""));
    return outside === named(known, inside) ? outside : null;
  };

  const isName = (known, cell) => Boolean(rowFor(known, cell) ?? named(known, cell.trim().replace(BRACKETS, "")));

  const yearOf = (text) => Number(YEAR.exec(text.trim())?.[1] ?? 0);

  // The column whose cells name most rows; -1 where none does.
  const keyColumn = (lines, known) => {
    const width = Math.max(...lines.map(({ cells }) => cells.length));
    let best = -1;
    let most = 0;
    for (let at = 0; at < width; at += 1) {
      const count = lines.filter(({ cells }) => cells[at]?.trim() && isName(known, cells[at])).length;
      if (count > most) [best, most] = [at, count];
    }
    return best;
  };

  const isHead = ({ cells }, keyed) => {
    const full = cells.map((cell) => cell.trim()).filter(Boolean);
    const texts = full.map((cell) => Sheet.units.splitHeading(cell)[0]);
    const years = texts.filter(yearOf);
    const words = texts.filter((text) => !text || [NOTE, OWN, OTHER, KEY, UNIT].some((word) => word.test(text)));
    if (!full.length || full.length > years.length + words.length) return false;
    return Boolean(words.length) || (years.length && (keyed || years.length > 1 || full.some((cell) => !/^\d+$/.test(cell))));
  };

  // What each column is: {note}, {beside} a number its unit, {year} or {value}, with its unit;
  // `odd` where the brackets behind the year make it something else, 2021年（其中女）.
  const headed = (head, key) =>
    head.cells.map((cell, at) => {
      const [text, unit] = Sheet.units.splitHeading(cell.trim());
      if (at === key) return { over: unit };
      if (NOTE.test(text)) return { note: true };
      if (UNIT.test(text)) return { beside: true };
      if (OWN.test(text) || (unit && !text)) return { value: true, unit };
      if (!yearOf(text)) return {};
      return { year: yearOf(text), unit, odd: SAME_YEAR.test(YEAR.exec(text)[2] ?? "") ? "" : cell.trim() };
    });

  // Without a head: the only column of numbers is the figure, words behind it the explanation.
  const guessed = (lines, key) => {
    const width = Math.max(...lines.map(({ cells }) => cells.length));
    const texts = (at) => lines.map(({ cells }) => (cells[at] ?? "").trim()).filter(Boolean);
    const filled = [...Array(width).keys()].filter((at) => at !== key && texts(at).length);
    const units = filled.filter((at) => texts(at).every(Sheet.units.is));
    const columns = filled.filter((at) => !units.includes(at));
    const numbers = columns.filter((at) => texts(at).some((text) => NUMBER.test(text)));
    const values = numbers.length ? numbers : columns.slice(0, 1);
    return [...Array(width).keys()].map((at) => {
      if (units.includes(at)) return { beside: true };
      if (at === values[0] && values.length === 1) return { value: true };
      if (values.length > 1 && values.includes(at)) return { several: true };
      return columns.includes(at) && at > values[0] ? { note: true } : {};
    });
  };

  // A first line that is no head, as its words are unknown, may still say the unit: 在园人数（万人）.
  const inUnits = (columns, { cells }, key) =>
    columns.map((column, at) => {
      const unit = Sheet.units.splitHeading(cells[at] ?? "")[1];
      return at === key ? { over: unit } : column.value ? { ...column, unit } : column;
    });

  // One cell for one row: {row, kind, text}, or {line, text, why} where it has no place.
  const cellsOf = (row, { cells, number }, columns, named, over) => {
    const beside = cells[columns.findIndex((column) => column.beside)] ?? "";
    return cells.flatMap((text, at) => {
      const column = columns[at] ?? {};
      if (!text.trim()) return [];
      if (column.several) return [{ line: number, text, why: "several" }];
      if (column.note) return [{ row, kind: "note", text, line: number }];
      if (!column.value && column.year !== Number(row.dataset.year)) return [];
      if (column.odd) return [{ line: number, text: `${column.odd} ${text}`, why: "column" }];
      const put = Sheet.units.put(row, text, [column.unit ?? "", beside, named], over);
      return [put.why ? { line: number, ...put } : { row, kind: "value", text: put.text, line: number }];
    });
  };

  const whole = ({ cells, number }, why) => ({ line: number, text: cells.join(" ").trim(), why });

  const byName = (lines, known, key, over) => {
    const head = lines.find((line) => isHead(line, true));
    const body = lines.filter((line) => line !== head && line.cells.some((cell) => cell.trim()));
    const guess = head ? [] : guessed(body, key);
    const titled = !head && body.length && !rowFor(known, body[0].cells[key]);
    const columns = head ? headed(head, key) : titled ? inUnits(guess, body[0], key) : guess;
    const years = columns.some((column) => column.year);
    const units = columns[key]?.over ? [columns[key].over] : over;
    return body.flatMap((line) => {
      const row = rowFor(known, line.cells[key]);
      if (!row) return [whole(line, "unknownRow")];
      if (row.classList.contains("computed")) return []; // worked out here, whatever the table says
      if (!row.dataset.save) return [whole(line, "shut")];
      const found = cellsOf(row, line, columns, Sheet.units.split(line.cells[key])[1], units);
      const none = !found.some((cell) => cell.kind === "value" || cell.why);
      return none && years && !columns.some((column) => column.year === Number(row.dataset.year)) ? [whole(line, "year")] : found;
    });
  };

  const byPlace = (lines, field, over) => {
    const rows = Sheet.rows();
    const first = rows.indexOf(Sheet.rowOf(field));
    const note = Sheet.kindOf(field) === "note";
    const head = lines.length && isHead(lines[0], false) ? headed(lines[0], -1) : null;
    return lines.slice(head ? 1 : 0).flatMap((line, down) => {
      const row = rows[first + down];
      if (head && row) return cellsOf(row, line, head, "", over);
      return line.cells.flatMap((text, at) => {
        if (!text.trim()) return [];
        const kind = note ? ["note"][at] : ["value", "note"][at];
        // A number beside a figure is another year's, and never an explanation.
        const fits = row && kind && !(kind === "note" && !note && /^[\s\d,.%％万亿元人所个-]+$/.test(text));
        if (!fits) return [{ line: line.number, text, why: "noBox" }];
        const put = kind === "value" ? Sheet.units.put(row, text, [], over) : { text };
        return [put.why ? { line: line.number, ...put } : { row, kind, text: put.text, line: line.number }];
      });
    });
  };

  // Of two cells for one box neither is taken; a dash says nothing beside a number.
  const once = (cells) => {
    const rivals = (cell) => cells.filter((other) => other.row === cell.row && other.kind === cell.kind && !NOTHING.test(other.text));
    return cells.map((cell) =>
      (cell.row && !NOTHING.test(cell.text) && rivals(cell).length > 1 ? { line: cell.line, text: cell.text, why: "twice" } : cell));
  };

  const read = (pasted, field) => {
    const known = names();
    const numbered = pasted.map((cells, at) => ({ cells, number: at + 1 }));
    // 单位：万元 stands over a table, on a line without a figure.
    const overs = ({ cells }) => (cells.some((cell) => yearOf(cell) || rowFor(known, cell)) ? [] : cells.flatMap(Sheet.units.overAll));
    const lines = numbered.filter((line) => !overs(line).length);
    const over = numbered.flatMap(overs);
    const key = keyColumn(lines, known);
    return once(key >= 0 ? byName(lines, known, key, over) : byPlace(lines, field, over));
  };

  return { read };
})();
