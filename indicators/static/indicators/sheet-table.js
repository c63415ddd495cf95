// Reads a block as a table: which line is which row of the sheet, which column the figure. What
// might be another figure (a part of it, a forecast, one of two for one box) has no place.
Sheet.table = (() => {
  "use strict";
  const YEAR = /^((?:19|20)\d\d)(?:年度?|学年)?(?:[(（](.*)[)）])?$/;
  const TWO_YEARS = /^((?:19|20)\d\d)[/—–-]((?:\d\d)?\d\d)(?:学?年度?)?(?:[(（](.*)[)）])?$/;
  // Begins in a year, and is a plan's period, a month, a quarter or a day: 2021-2025年, 2021年1-6月.
  const PERIOD = /^((?:19|20)\d\d)(?:年度?)?(?:[/—–~～至到-]+|(?<=年))\d[\d年月日季度份末底学/—–~～至到-]*(?:[(（].*[)）])?$/;
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

  // The year of a heading, and whether it is the whole of it: 2021-22 is a school year as 22 is the
  // next one; anything else between two numbers is another time. Null where there is no year.
  const timeOf = (text) => {
    const [, year, inside] = YEAR.exec(text.trim()) ?? [];
    if (year) return { year: Number(year), fits: SAME_YEAR.test(inside ?? "") };
    const [, first, second, behind] = TWO_YEARS.exec(text.trim()) ?? [];
    const next = String(Number(first) + 1);
    if (second === next || (second && second === next.slice(2))) return { year: Number(first), fits: SAME_YEAR.test(behind ?? "") };
    const begun = PERIOD.exec(text.trim());
    return begun && { year: Number(begun[1]), fits: false };
  };
  const yearOf = (text) => timeOf(text)?.year ?? 0;

  const isFigure = (cell) => Sheet.units.isFigure(cell) && !yearOf(cell);

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
    if (full.every((cell) => Sheet.units.overAll(cell).length)) return false; // 单位：万元 alone is over the head
    const texts = full.map((cell) => (Sheet.units.overAll(cell).length ? "" : Sheet.units.splitHeading(cell)[0]));
    const years = texts.filter(yearOf);
    const words = texts.filter((text) => !text || [NOTE, OWN, OTHER, KEY, UNIT].some((word) => word.test(text)));
    if (!full.length || full.length > years.length + words.length) return false;
    return Boolean(words.length) || (years.length && (keyed || years.length > 1 || full.some((cell) => !/^\d+$/.test(cell))));
  };

  // What each column is: {note}, {beside} a number its unit, {year} or {value}, with its unit;
  // `over` is a unit said of the table; `odd` where it is not the year as a whole, 2021年（其中女）.
  const headed = (head, key) =>
    head.cells.map((cell, at) => {
      const [text, unit] = Sheet.units.splitHeading(cell.trim());
      const over = Sheet.units.overAll(cell);
      if (at === key) return { over: over.length ? over : [unit].filter(Boolean) };
      if (NOTE.test(text)) return { note: true };
      if (over.length) return { beside: true, over }; // in the corner; beside a number its own unit
      if (UNIT.test(text)) return { beside: true };
      if (OWN.test(text) || (unit && !text)) return { value: true, unit };
      if (!yearOf(text)) return {};
      return { year: yearOf(text), unit, odd: timeOf(text).fits ? "" : cell.trim() };
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
      return at === key ? { over: [unit].filter(Boolean) } : column.value ? { ...column, unit } : column;
    });

  // A line of units alone, above or below the head: ⇥万元⇥万元.
  const isUnits = ({ cells }, key) => {
    const alone = (cell, at) => Sheet.units.holds(cell) && (Sheet.units.is(cell) || (at !== key && !Sheet.units.splitHeading(cell)[0]));
    return cells.some((cell, at) => at !== key && alone(cell, at)) &&
      cells.every((cell, at) => !cell.trim() || alone(cell, at) || (at === key && (KEY.test(cell.trim()) || UNIT.test(cell.trim()))));
  };

  const underUnits = (columns, lines) =>
    columns.map((column, at) => ({ ...column, under: lines.map(({ cells }) => cells[at] ?? "") }));

  // A line that is no row's, has no figure and holds a unit: the numbers may all be in it, or not.
  const isDoubtful = ({ cells }, known, key) =>
    !cells.some((cell, at) => rowFor(known, cell) || (at > key && isFigure(cell))) && cells.some(Sheet.units.holds);

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
      const put = Sheet.units.put(row, text, [column.unit ?? "", ...(column.under ?? []), beside, named], over);
      return [put.why ? { line: number, ...put } : { row, kind: "value", text: put.text, line: number }];
    });
  };

  const whole = ({ cells, number }, why) => ({ line: number, text: cells.join(" ").trim(), why });

  const byName = (lines, known, key, over) => {
    const heads = lines.filter((line) => isHead(line, true));
    const head = heads.find((line) => !isUnits(line, key)) ?? heads[0];
    const under = lines.filter((line) => head && line !== head && isUnits(line, key));
    const body = lines.filter((line) => line !== head && !under.includes(line) && line.cells.some((cell) => cell.trim()));
    const guess = head ? [] : guessed(body, key);
    const titled = !head && body.length && !rowFor(known, body[0].cells[key]) ? body[0] : null;
    const columns = head ? underUnits(headed(head, key), under) : titled ? inUnits(guess, titled, key) : guess;
    const years = columns.some((column) => column.year);
    const said = columns.flatMap((column) => column.over ?? []);
    const understood = said.length || columns.some((column) => column.unit) ? titled : null;
    // A line of units that leaves a column out may be meant for it as well, as in joined cells.
    const partly = columns.some((column) => (column.year || column.value) && column.under?.some((cell) => !cell.trim()));
    const unclear = partly || body.some((line) => line !== understood && isDoubtful(line, known, key));
    const units = [...(columns[key]?.over?.length ? [] : over), ...said, ...(unclear ? [Sheet.units.UNCLEAR] : [])];
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

  const byPlace = (lines, known, field, over) => {
    const rows = Sheet.rows();
    const first = rows.indexOf(Sheet.rowOf(field));
    const note = Sheet.kindOf(field) === "note";
    const head = lines.length && isHead(lines[0], false) ? headed(lines[0], -1) : null;
    const body = lines.slice(head ? 1 : 0);
    const doubtful = note ? [] : body.filter((line) => isDoubtful(line, known, -1));
    const said = (head ?? []).flatMap((column) => column.over ?? []);
    const units = [...over, ...said, ...(doubtful.length ? [Sheet.units.UNCLEAR] : [])];
    return body.flatMap((line, down) => {
      const row = rows[first + down];
      if (doubtful.includes(line)) return [whole(line, "unit")];
      if (head && row) return cellsOf(row, line, head, "", units);
      return line.cells.flatMap((text, at) => {
        if (!text.trim()) return [];
        const kind = note ? ["note"][at] : ["value", "note"][at];
        // A number beside a figure is another year's, and never an explanation.
        const fits = row && kind && !(kind === "note" && !note && /^[\s\d,.%％万亿元人所个-]+$/.test(text));
        if (!fits) return [{ line: line.number, text, why: "noBox" }];
        const put = kind === "value" ? Sheet.units.put(row, text, [], units) : { text };
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
    const numbered = pasted.map((cells, at) => ({ cells: cells.map(Sheet.units.seen), number: at + 1 }));
    const key = keyColumn(numbered, known);
    // 单位：万元 stands over a table, on a line without a figure; in a head it is read with it.
    const overs = (line) => {
      const said = line.cells.flatMap(Sheet.units.overAll);
      const other = line.cells.some((cell, at) => rowFor(known, cell) || (at > key && isFigure(cell)));
      return other || isHead(line, true) || said.includes(Sheet.units.UNCLEAR) ? [] : said;
    };
    const lines = numbered.filter((line) => !overs(line).length);
    const over = numbered.flatMap(overs);
    return once(key >= 0 ? byName(lines, known, key, over) : byPlace(lines, known, field, over));
  };

  return { read };
})();
