// Whose figures a text says that they are, and of which year: a cell that is a unit's name, the head
// of a column, a title over a table. A figure that is said to be another's fits nowhere on this sheet.
Sheet.claims = (() => {
  "use strict";
  const ENDINGS = "自治县|自治州|新区|开发区|区|县|市|省|州|盟|旗";
  const ENDING = new RegExp(`(?:${ENDINGS})$`);
  const LOOKS_LIKE_A_UNIT = new RegExp(`^\\p{Script=Han}{1,10}(?:${ENDINGS})$`, "u");
  const AT_THE_START = new RegExp(`^(\\p{Script=Han}{1,8}?(?:${ENDINGS}))(.*)$`, "u");
  // A title's unit by its look: 渝中区2021年教育统计, 填报单位：渝中区教委; 社区教育 has none.
  const IN_TITLE = new RegExp(`(?:^|[^\\p{L}])(\\p{Script=Han}{1,8}?(?:${ENDINGS}))(?=$|[^\\p{L}]|教[育委体]|统计|基[础教]|年度)`, "u");
  const NO_UNIT = /[社学校园片景小山地]区$/;
  const WHO = /^(?:区县|县区|区|县|地区|区域|单位名称|填报单位|报送单位|区县名称|地区名称|行政区划?|行政区划代码|区划代码|单位代码|district)$/i;
  const ITSELF = /^(?:全|本|我)(区|县|市|省|州)$/;
  const CODE = /^\d{6}(?:\d{6})?$/;
  // What a column may hold in place of the figure itself, or of a part of its year.
  const ANOTHER = /目标|计划|预计|预测|预算|规划|上年|去年|前年|上期|同期|同比|环比|增减|增长|增幅|累计/;
  const PART_OF_YEAR = /[上下]半年|季度|[一二三四1-4]季|\d月|月份|年初|期初|其中/;
  // In a title the year has to be said to be one; the day on which a table was made is none.
  const YEARS = /((?:19|20)\d\d)(?:[-—–/~～至到]((?:(?:19|20)\d\d)|\d\d))?(?:学?年)/g;
  const A_DAY = /日期|时间|填表|制表|打印|导出|印发|报送于|填报于/;
  const A_REMARK = /^[（(]?(?:注|备注|附注|说明|填报说明|资料来源|数据来源|来源)[:：]/;
  const NUMERALS = "〇一二三四五六七八九";

  const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  const short = (name) => name.replace(ENDING, "");
  const listed = (text) => (text ?? "").split("|").map(plain).filter(Boolean);
  const withShort = (names) => new Set(names.flatMap((name) => [name, short(name)]).filter((name) => name.length > 1));
  const ownNames = listed(Sheet.words.ownNames);
  const own = withShort(ownNames);
  const others = withShort(listed(Sheet.words.otherNames).filter((name) => !own.has(name)));

  // The name that stands last, as smaller units are written behind larger ones; of two the longer.
  const namedIn = (text) => {
    let found = { whose: "", end: 0, name: "" };
    for (const [whose, names] of [["own", own], ["other", others]]) {
      for (const name of names) {
        const end = text.lastIndexOf(name) + name.length;
        const isLater = end > found.end || (end === found.end && name.length > found.name.length);
        if (text.includes(name) && isLater) found = { whose, end, name };
      }
    }
    return found;
  };

  // "own" or "other" of a cell that is the name of a unit that is known here; "" of any other text.
  const known = (cell) => {
    const text = plain(cell);
    const { whose, name, end } = namedIn(text);
    const before = text.slice(0, -name.length);
    return name && end === text.length && !CODE.test(name) && (!before || own.has(before) || others.has(before)) ? whose : "";
  };

  // The same of a cell that looks like any unit's name, or says 全区.
  const unit = (cell) => {
    const text = plain(cell);
    if (known(cell) || WHO.test(text) || !LOOKS_LIKE_A_UNIT.test(text)) return known(cell);
    const [, ending] = ITSELF.exec(text) ?? [];
    return ending && ownNames.some((name) => name.endsWith(ending)) ? "own" : "other";
  };

  // The same before the name of a figure, where a code is one as well.
  const isCode = (text) => CODE.test(text) && ownNames.some((name) => CODE.test(name) && name.slice(0, 2) === text.slice(0, 2));
  const before = (cell) => (isCode(plain(cell)) ? (own.has(plain(cell)) ? "own" : "other") : unit(cell));

  // The same in a column that says of each line whose it is.
  const inWho = (cell) => before(cell) || (plain(cell) && !WHO.test(plain(cell)) ? "other" : "");

  // The head of a column in whose it is and what else it says: 渝中区2021年 in "other" and 2021年.
  const heading = (cell) => {
    const text = plain(cell);
    const { whose, name } = namedIn(text);
    const [, looks, behind] = AT_THE_START.exec(text) ?? [];
    if (behind && /^\d/.test(behind) && unit(looks)) return { unit: unit(looks), rest: behind };
    if (unit(cell) || CODE.test(name) || !(text.startsWith(name) || text.endsWith(name))) return { unit: unit(cell), rest: unit(cell) ? "" : cell.trim() };
    return { unit: whose, rest: whose ? text.replace(name, "").replace(/^[-—–:、/]|[-—–:、/]$/g, "") : cell.trim() };
  };

  const yearsOf = (text) => {
    if (A_DAY.test(text)) return [];
    return [...text.matchAll(YEARS)].flatMap(([, first, last]) => {
      const from = Number(first);
      const to = last ? Number(last.length === 2 ? first.slice(0, 2) + last : last) : from;
      // 2021-2022学年 is the school year that begins in 2021.
      return to <= from + 1 ? [from] : [...Array(to - from + 1).keys()].map((more) => from + more);
    });
  };

  // What a line without a figure says of those below it: {unit, years}, each empty where it does not.
  const title = (line) => {
    const text = plain(line).replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) =>
      [...year].map((sign) => Math.max(0, NUMERALS.indexOf(sign))).join(""));
    if (A_REMARK.test(text)) return { unit: "", years: [] };
    const [, looks] = IN_TITLE.exec(text) ?? [];
    return { unit: (looks && !NO_UNIT.test(looks) && unit(looks)) || namedIn(text).whose || unit(line), years: yearsOf(text) };
  };

  // Whether words over a column begin with a unit that is another: 渝中区在园人数.
  const isOfAnother = (text) => {
    const [, looks] = AT_THE_START.exec(plain(text)) ?? [];
    return title(text).unit === "other" || Boolean(looks && !NO_UNIT.test(looks) && unit(looks) === "other");
  };

  const isWho = (cell) => WHO.test(plain(cell));
  const isAnother = (text) => ANOTHER.test(text);
  const isPart = (text) => PART_OF_YEAR.test(text);

  return { known, unit, before, inWho, heading, title, isOfAnother, isWho, isAnother, isPart };
})();
