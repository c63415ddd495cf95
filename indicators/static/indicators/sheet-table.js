// Reads a block as a table: which line is which row of the sheet, which column the figure. What
// might be another figure (a part of it, a forecast, another unit's, one of two for one box) has no
// place.
Sheet.table = (() => {
  "use strict";
  const YEAR = /^((?:19|20)\d\d)(?:年度?|学年)?(?:[(（](.*)[)）])?$/;
  const TWO_YEARS = /^((?:19|20)\d\d)[/—–-]((?:\d\d)?\d\d)(?:学?年度?)?(?:[(（](.*)[)）])?$/;
  // Begins in a year, and is a plan's period, a month, a quarter or a day: 2021-2025年, 2021年1-6月.
  const PERIOD = /^((?:19|20)\d\d)(?:年度?)?(?:[/—–~～至到-]+|(?<=年))\d[\d年月日季度份末底学/—–~～至到-]*(?:[(（].*[)）])?$/;
  const SAME_YEAR = /^(?:本年|当年|本期|全年|年末|期末|年度|学年|末|底)?(?:实际|实有|决算|完成|实绩|统计)?(?:数|值|数值|数据)?$/; // in its brackets, or behind it
  const BEGINS = /^((?:19|20)\d\d)学?年度?([^\d年度].*)$/; // 2021年目标
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
  // The same of the head of a column, whose year may be followed by what it is of the year.
  const timeOfHead = (text) => {
    const [, year, behind] = BEGINS.exec(text.trim()) ?? [];
    return timeOf(text) ?? (year ? { year: Number(year), fits: SAME_YEAR.test(behind) } : null);
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

  const headText = (cell) => (Sheet.units.overAll(cell).length ? "" : Sheet.units.splitHeading(cell.trim())[0]);

  // Behind the names a head may be a unit's name, or a year and what of it: 渝中区, 2021年目标.
  const saysWhose = (text) => {
    const { unit, rest } = Sheet.claims.heading(text);
    return Boolean(unit && (!rest || timeOfHead(rest)));
  };
  const isHead = ({ cells }, key) => {
    const full = cells.flatMap((cell, at) => (cell.trim() ? [{ cell: cell.trim(), at, text: headText(cell) }] : []));
    if (full.every(({ cell }) => Sheet.units.overAll(cell).length)) return false; // 单位：万元 alone is over the head
    const years = full.filter(({ text }) => yearOf(text));
    const words = full.filter(({ text }) =>
      !text || Sheet.claims.isWho(text) || [NOTE, OWN, OTHER, KEY, UNIT].some((word) => word.test(text)));
    const isPlace = (text) => key >= 0 && Sheet.claims.isPlace(text); // 城区 beside 数值
    const others = full.filter((one) =>
      !years.includes(one) && !words.includes(one) && one.at > key && (timeOfHead(one.text) || saysWhose(one.text) || isPlace(one.text)));
    if (years.length && full.every(({ at }) => at === key)) return false; // 2020年 over a part of the table
    if (!full.length || full.length > years.length + words.length + others.length) return false;
    const named = words.length || others.length;
    return Boolean(named || (years.length && (key >= 0 || years.length > 1 || full.some(({ cell }) => !/^\d+$/.test(cell)))));
  };

  // A line over the head that says of each column whose it is: ⇥渝中区⇥沙坪坝区.
  const isOfUnits = ({ cells }, key) => {
    const full = cells.filter((cell, at) => at > key && cell.trim());
    return full.length > 0 && full.every((cell) => Sheet.claims.heading(cell).unit && !Sheet.claims.heading(cell).rest);
  };

  // What each column is: {note}, {beside} a number its unit, {year} or {value}, with its unit;
  // `over` is a unit said of the table; `odd` where it is not the year as a whole, 2021年（其中女）;
  // {who} says of each line whose it is, {other} is another unit's.
  const headed = (head, key) =>
    head.cells.map((cell, at) => {
      const [text, unit] = Sheet.units.splitHeading(cell.trim());
      const over = Sheet.units.overAll(cell);
      if (at === key) return { over: over.length ? over : [unit].filter(Boolean) };
      if (NOTE.test(text)) return { note: true };
      if (over.length) return { beside: true, over }; // in the corner; beside a number its own unit
      if (UNIT.test(text)) return { beside: true };
      if (Sheet.claims.isWho(text)) return { who: true };
      const whose = Sheet.claims.heading(text);
      const own = whose.unit === "own";
      if (whose.unit === "other") return { other: true };
      if (OWN.test(whose.rest) || (unit && !text) || (own && !whose.rest)) return { value: true, unit, own };
      const time = timeOfHead(whose.rest);
      if (!time) return {};
      const isAnother = !yearOf(whose.rest) && Sheet.claims.isAnother(whose.rest);
      return isAnother ? {} : { year: time.year, unit, own, odd: time.fits ? "" : cell.trim() };
    });

  // Joined cells hold their name in the first: what stands over a column may stand to its left.
  const underNames = (columns, line, key) => {
    let whose = "";
    return columns.map((column, at) => {
      const cell = line.cells[at] ?? "";
      if (at > key && cell.trim()) whose = Sheet.claims.heading(cell).unit;
      return whose === "other" && at > key ? { other: true } : { ...column, own: column.own || whose === "own" };
    });
  };

  // Without a head: the only column of numbers is the figure, words behind it the explanation.
  const guessed = (lines, key) => {
    const width = Math.max(...lines.map(({ cells }) => cells.length));
    const texts = (at) => lines.map(({ cells }) => (cells[at] ?? "").trim()).filter(Boolean);
    const filled = [...Array(width).keys()].filter((at) => at !== key && texts(at).length);
    const units = filled.filter((at) => texts(at).every(Sheet.units.is));
    const figures = filled.find((at) => at > key && texts(at).some((text) => NUMBER.test(text)));
    const saysWho = (at) => (at < key ? Sheet.claims.before : at < figures ? Sheet.claims.unit : Sheet.claims.known);
    const whose = filled.filter((at) => texts(at).every((text) => saysWho(at)(text)));
    const columns = filled.filter((at) => !units.includes(at) && !whose.includes(at));
    const numbers = columns.filter((at) => texts(at).some((text) => NUMBER.test(text)));
    const values = numbers.length ? numbers : columns.slice(0, 1);
    return [...Array(width).keys()].map((at) => {
      if (units.includes(at)) return { beside: true };
      if (at === values[0] && values.length === 1) return { value: true };
      if (values.length > 1 && values.includes(at)) return { several: true };
      return columns.includes(at) && at > values[0] ? { note: true } : {};
    });
  };

  // What is known against a column under words that are not known: 目标任务数, 渝中区在园人数.
  const doubtsOf = (text) => {
    const { years } = Sheet.claims.title(text);
    if (Sheet.claims.isOfAnother(text)) return { value: false, other: true };
    return { years, odd: Sheet.claims.isAnother(text) || Sheet.claims.isPart(text) ? text.trim() : "" };
  };

  // A first line that is no head, as its words are unknown, may still say the unit: 在园人数（万人）.
  const inUnits = (columns, { cells }, key) =>
    columns.map((column, at) => {
      const unit = Sheet.units.splitHeading(cells[at] ?? "")[1];
      if (at === key) return { over: [unit].filter(Boolean) };
      return column.value ? { ...column, unit, ...doubtsOf(cells[at] ?? "") } : column;
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
      if (column.years?.length && !column.years.includes(Number(row.dataset.year))) return [{ line: number, text, why: "year" }];
      if (column.odd) return [{ line: number, text: `${column.odd} ${text}`, why: "column" }];
      const put = Sheet.units.put(row, text, [column.unit ?? "", ...(column.under ?? []), beside, named], over);
      return [put.why ? { line: number, ...put } : { row, kind: "value", text: put.text, line: number }];
    });
  };

  const whole = ({ cells, number }, why) => ({ line: number, text: cells.join(" ").trim(), why });

  // The cells for one row; the whole line where no column is known to hold its figure.
  const taken = (row, line, columns, key, named, units) => {
    const found = cellsOf(row, line, columns, named, units);
    const year = Number(row.dataset.year);
    if (found.some((cell) => cell.kind === "value" || cell.why) || columns.some((column) => column.value || column.year === year)) return found;
    if (columns.some((column) => column.year)) return [whole(line, "year")];
    const figures = line.cells.some((cell, at) => at > key && isFigure(cell));
    return figures ? [whole(line, columns.some((column) => column.other) ? "otherUnit" : "column")] : found;
  };

  // Whose a line says it is, in a column of its own; joined cells say it in the first of them.
  // Behind its figure a line is explained, and 不含高新区 there is no unit.
  const whoseOf = ({ cells }, columns, key, over) => {
    const isFigures = ({ value, year, several }) => value || year || several;
    const last = columns.some(isFigures) ? columns.map((column) => Boolean(isFigures(column))).lastIndexOf(true) : cells.length;
    return cells.reduce((said, cell, at) => {
      const column = columns[at] ?? {};
      if (at === key || column.value || column.year || column.note) return said;
      const stays = column.who || at < key;
      const inCell = column.who ? Sheet.claims.inWho : at < key ? Sheet.claims.before : at > last ? Sheet.claims.known : Sheet.claims.unit;
      const whose = cell.trim() || !stays ? inCell(cell) : (over[at] ?? "");
      if (stays) over[at] = whose;
      return said === "other" ? said : whose || said;
    }, "");
  };

  // What is said over a line, by titles and by the head: {unit, years} of each.
  const titles = (numbered, known, key, field) => {
    const found = new Map();
    let now = { unit: "", years: [] };
    let hasHead = false; // without names, a later line of the kind is a title
    // Nor does the head of a form take a row, though it has several cells.
    let isOver = key < 0 && Sheet.kindOf(field) !== "note";
    const isOfTheForm = (cell) =>
      Sheet.claims.isOfTheForm(cell) && !Sheet.units.overAll(cell).length && !Sheet.takes(Sheet.rowOf(field), cell);
    for (const line of numbered) {
      const head = isHead(line, key) && (key >= 0 || !hasHead);
      hasHead = hasHead || head;
      const figures = line.cells.some((cell, at) => at > key && isFigure(cell));
      const filled = line.cells.filter((cell) => cell.trim());
      isOver &&= !figures;
      const ofForm = isOver && !head && filled.length > 0 && isOfTheForm(filled[0]);
      const several = key < 0 && filled.length > 1 && !ofForm;
      if (!figures && !several && !rowFor(known, line.cells[key])) {
        const { unit, years, ofTheForm } = Sheet.claims.title((head ? (line.cells[key] ?? "") : line.cells.join(" ")).trim());
        line.isTitle = !head && Boolean(unit || years.length || ofTheForm || ofForm);
        now = { unit: unit || now.unit, years: years.length ? years : now.years };
      }
      found.set(line, now);
    }
    return found;
  };

  // Why a line under its title is not this row's figure; "" where it may be.
  const against = (row, { unit, years }, whose, columns) => {
    const own = whose || (columns.some((column) => column.own) ? "own" : unit);
    if (own === "other") return "otherUnit";
    const isDated = columns.some((column) => column.year);
    // 2022年自评表 is called by the year of the evaluation, whatever years its figures are of.
    const right = [Number(row.dataset.year), Number(Sheet.words.evaluated)];
    return !isDated && years.length && !years.some((year) => right.includes(year)) ? "year" : "";
  };

  const columnsOf = (head, under, ofUnits, key) => {
    const columns = underUnits(headed(head, key), under.filter((line) => line !== ofUnits));
    return (ofUnits && under.includes(ofUnits) ? underNames(columns, ofUnits, key) : columns).map((column) => ({ ...column, headed: true }));
  };

  const byName = (lines, known, key, over, titled) => {
    const heads = lines.filter((line) => isHead(line, key));
    const ofUnits = heads.length > 1 ? heads.find((line) => isOfUnits(line, key)) : null;
    const head = heads.find((line) => line !== ofUnits && !isUnits(line, key)) ?? heads[0];
    const under = lines.filter((line) => head && line !== head && (line === ofUnits || isUnits(line, key)));
    const body = lines.filter((line) => line !== head && !under.includes(line) && line.cells.some((cell) => cell.trim()));
    const guess = head ? [] : guessed(body, key);
    const first = !head && body.find((line) => !line.isTitle || line.cells.some(Sheet.units.holds));
    const named = first && !rowFor(known, first.cells[key]) ? first : null;
    const columns = head ? columnsOf(head, under, ofUnits, key) : named ? inUnits(guess, named, key) : guess;
    const said = columns.flatMap((column) => column.over ?? []);
    const understood = said.length || columns.some((column) => column.unit) ? named : null;
    // A line of units that leaves a column out may be meant for it as well, as in joined cells.
    const partly = columns.some((column) => (column.year || column.value) && column.under?.some((cell) => !cell.trim()));
    const unclear = partly || body.some((line) => line !== understood && isDoubtful(line, known, key));
    const units = [...(columns[key]?.over?.length ? [] : over), ...said, ...(unclear ? [Sheet.units.UNCLEAR] : [])];
    const stays = [];
    return body.flatMap((line) => {
      const whose = whoseOf(line, columns, key, stays);
      const row = rowFor(known, line.cells[key]);
      if (!row) return [whole(line, "unknownRow")];
      if (row.classList.contains("computed")) return []; // worked out here, whatever the table says
      if (!row.dataset.save) return [whole(line, "shut")];
      const why = against(row, titled.get(line), whose, columns);
      return why ? [whole(line, why)] : taken(row, line, columns, key, Sheet.units.split(line.cells[key])[1], units);
    });
  };

  // Where nothing names a figure: a unit's name stands in front of its number.
  const isInFront = ({ cells }, at) => at < Math.max(1, cells.map(isFigure).lastIndexOf(true));
  const isUnitOf = (line) => (cell, at) => isInFront(line, at) && Sheet.claims.unit(cell);
  const beside = (line) => {
    const units = line.cells.map(isUnitOf(line)).filter(Boolean);
    return units.includes("other") ? "other" : (units[0] ?? "");
  };
  const withoutNames = (line) => ({ ...line, cells: line.cells.filter((cell, at) => !isUnitOf(line)(cell, at)) });

  const byPlace = (lines, known, field, over, titled) => {
    const rows = Sheet.rows();
    const first = rows.indexOf(Sheet.rowOf(field));
    const note = Sheet.kindOf(field) === "note";
    const isTitle = (line) => !note && line.isTitle;
    const told = lines.filter((line) => !isTitle(line));
    const head = told.length && isHead(told[0], -1) ? headed(told[0], -1) : null;
    const body = told.slice(head ? 1 : 0);
    const doubtful = note ? [] : body.filter((line) => isDoubtful(line, known, -1));
    const said = (head ?? []).flatMap((column) => column.over ?? []);
    const units = [...over, ...said, ...(doubtful.length ? [Sheet.units.UNCLEAR] : [])];
    // 城市 before a number names a part of a figure, or another: neither is this row's.
    const isNamed = ({ cells: [first, ...more] }, row) =>
      !note && row && Sheet.claims.isWords(first) && !Sheet.takes(row, first) && more.some(isFigure);
    const one = ({ cells, number }, row) =>
      isNamed({ cells }, row) ? [whole({ cells, number }, "unknownRow")] : cells.flatMap((text, at) => {
        if (!text.trim()) return [];
        const kind = note ? ["note"][at] : ["value", "note"][at];
        // A number beside a figure is another year's, and never an explanation.
        const fits = row && kind && !(kind === "note" && !note && /^[\s\d,.%％万亿元人所个-]+$/.test(text));
        if (!fits) return [{ line: number, text, why: "noBox" }];
        const put = kind === "value" ? Sheet.units.put(row, text, [], units) : { text };
        return [put.why ? { line: number, ...put } : { row, kind, text: put.text, line: number }];
      });
    const whoseIs = (line) => (note ? "" : (head && whoseOf(line, head, -1, [])) || beside(line));
    // Where every line says whose it is, the lines of others stand between those of the rows here;
    // in any other block each line has its row, refused or not.
    const isByUnit = body.every((line) => whoseIs(line));
    let down = 0;
    const placed = body.flatMap((line) => {
      const whose = whoseIs(line);
      const row = rows[first + down];
      if (whose !== "other" || !isByUnit) down += 1;
      if (whose === "other") return [whole(line, "otherUnit")];
      if (doubtful.includes(line)) return [whole(line, "unit")];
      const why = row && !note ? against(row, titled.get(line), whose, head ?? []) : "";
      if (why) return [whole(line, why)];
      if (head && row) return taken(row, line, head, -1, "", units);
      return one(whose ? withoutNames(line) : line, row);
    });
    return [...lines.filter(isTitle).map((line) => whole(line, "unknownRow")), ...placed];
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
    const titled = titles(numbered, known, key, field);
    // 单位：万元 stands over a table, on a line without a figure; in a head it is read with it.
    const overs = (line) => {
      const said = line.cells.flatMap(Sheet.units.overAll);
      const other = line.cells.some((cell, at) => rowFor(known, cell) || (at > key && isFigure(cell)));
      return other || isHead(line, key >= 0 ? key : Infinity) || said.includes(Sheet.units.UNCLEAR) ? [] : said;
    };
    const lines = numbered.filter((line) => !overs(line).length);
    const over = numbered.flatMap(overs);
    return once(key >= 0 ? byName(lines, known, key, over, titled) : byPlace(lines, known, field, over, titled));
  };

  return { read };
})();
