// Units of measure in a block: in a heading, beside a number, behind a name, or over a whole table.
// A number that names none itself gets the nearest; two that differ, or one that the figure does not
// have, fit nowhere: a number in another unit than it was written in is worse than none.
Sheet.units = (() => {
  "use strict";
  const POWER = "(?:[百千]?[万亿]|万亿|[百千])";
  const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");
  const literal = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const words = (text) => (text ?? "").split(" ").filter(Boolean).map((word) => literal(plain(word)));
  const ANY = `(?:${POWER}?(?:${words(Sheet.words.unitWords).join("|")})|${POWER})`;
  const CALLED = "(?:(?:计量)?单位[:：]?)?";
  const ONLY = new RegExp(`^${ANY}$`);
  const IN_BRACKETS = new RegExp(`^(.*)\\(${CALLED}(${ANY})\\)$`);
  const BEHIND = new RegExp(`^(.*?)(?:[,、/:]|(?<=[年度]))${CALLED}(${ANY})$`);
  const OUTER = /^[([【]+|[)\]】]+$/g;
  const UNCLEAR = "?"; // a unit is said, but not which: no number has it
  const NUMERAL = "0-9０-９一二两三四五六七八九十百千零〇";
  // What is no unit in a form known here, but holds one: 以万元计, 单位：元（现价）, 单位：美元.
  const SCALED = new RegExp(`(?<![${NUMERAL}.])${POWER}(?:元|(?:${words(Sheet.words.unitWords).join("|")})(?!(?![计为])\\p{L}))`, "u");
  const LOOSE = new RegExp(`(?<!填报|填表|编制|报送|上报|主管|责任|制表|牵头)单位[:为是]?\\(?(?:${ANY}(?!\\p{L})|.*${ANY}\\)?$)`, "u");
  const FIGURE = new RegExp(`^[^\\p{L}\\d]*(?:约|近|超过?|不足)?\\d[\\d,.]*(?:[余多%(]|${ANY})*[^\\p{L}\\d]*$`, "u");

  // The signs that the server drops from a number (quantities.py, _UNSEEN): behind one of them a
  // number would not look like one, and go without its unit.
  const seen = (text) => text.replace(/[\u00AD\u200B-\u200E\u202A\u202C\u2060\uFEFF]/g, "");

  // 在园幼儿总数（人） in its name and its unit; without one the text as it is.
  const split = (text) => {
    const found = IN_BRACKETS.exec(plain(text));
    return found ? [found[1], found[2]] : [text, ""];
  };

  // A heading may do without brackets, or be a unit alone: 2021年/万元, 万元.
  const splitHeading = (text) => {
    if (ONLY.test(plain(text))) return ["", plain(text)];
    const found = IN_BRACKETS.exec(plain(text)) ?? BEHIND.exec(plain(text));
    return found ? [found[1], found[2]] : [text, ""];
  };

  const called = (text) => plain(text).replace(OUTER, "").replace(/^[^:]{0,4}单位[:为是]?/, "").replace(OUTER, "");
  const is = (text) => ONLY.test(called(text));

  // 单位：万元、人 of a table; UNCLEAR where it is not understood; nothing where 单位 is an office.
  const overAll = (text) => {
    const whole = plain(text);
    if (!/^[([【]?[^([【]*单位./.test(whole)) return []; // behind a title, 目标（单位：万元）, it is that column's
    const found = whole.split(/[、,;和及]/).map((part) => called(part.replace(/^.*(?=单位)/, "")));
    if (found.every((unit) => ONLY.test(unit))) return found;
    return SCALED.test(whole) || LOOSE.test(whole) ? [UNCLEAR] : [];
  };

  const holds = (text) => Boolean(splitHeading(text)[1] || is(text) || overAll(text).length || SCALED.test(plain(text)));
  const isFigure = (text) => FIGURE.test(plain(text));

  // 万 of 万人 where the row counts 人; null where it does not.
  const powerOn = (row, unit) => {
    const known = words(row.dataset.units);
    const found = new RegExp(`^(${POWER}?)(?:${known.join("|")})$`).exec(unit) ?? new RegExp(`^(${POWER})$`).exec(unit);
    return known.length && found && (row.dataset.scaled || !found[1]) ? found[1] : null;
  };

  // A number that says nothing of its unit, with what may stand around it: 约33余左右.
  const BARE = new RegExp(`^(.*?[${NUMERAL}][${NUMERAL},，.．\\s]*?)\\s*([余多]?)(\\s*(?:左右|上下|以上)?\\s*[)）]?)$`);

  // The text with its unit, or why it has no place. `near` are the units said of the cell, `far`
  // those of the table, of which one must be the row's and none UNCLEAR.
  const put = (row, text, near, far) => {
    const said = near.map(called).filter(Boolean);
    const bare = BARE.exec(text.trim());
    if (!bare || /^百分之/.test(bare[0]) || !(said.length || far.length)) return { text };
    const wanted = said.length ? said : far.filter((unit) => unit === UNCLEAR || powerOn(row, unit) !== null);
    const powers = new Set(wanted.map((unit) => powerOn(row, unit)));
    // 3千 in a column of 万元 may be 3000元 as well, and a sum has no unit behind it.
    const unclear = /[0-9０-９].*[百千]|^[=＝]/.test(bare[0]);
    if (powers.size !== 1 || powers.has(null) || unclear) return { text, why: "unit" };
    return { text: bare[1] + bare[2] + wanted[0] + bare[3].trim() };
  };

  return { UNCLEAR, seen, split, splitHeading, is, overAll, holds, isFigure, put };
})();
