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
  // Kinds of places: 城区, 社区教育, 农村地区. Of 江北区城区 the unit is 江北区; 东城区 is one.
  const PLACES = "\\p{Script=Han}{0,6}[社学校园片景小郊]区|(?:主|老|新|中心|县|各)?城区|(?:大|中|小|中小|各)?城市|[城各]?镇区|市区|市辖区" +
    "|各?(?:区县|县区)|(?:边远|贫困|高寒)?山区|(?:农村|边远|贫困|民族|少数民族|其他|各)?地区";
  const A_PLACE = new RegExp(`^(?:${PLACES})$`, "u");
  const IN_A_UNIT = new RegExp(`^(\\p{Script=Han}{1,8}?(?:${ENDINGS}))(?:${PLACES})$`, "u");
  const WHO = /^(?:区县|县区|区|县|地区|区域|单位名称|填报单位|报送单位|区县名称|地区名称|行政区划?|行政区划代码|区划代码|单位代码|district)$/i;
  const ITSELF = /^(?:全|本|我)(区|县|市|省|州)$/;
  const CODE = /^\d{6}(?:\d{6})?$/;
  // What a column may hold in place of the figure itself, or of a part of its year.
  const ANOTHER = /目标|计划|预计|预测|预算|规划|上年|去年|前年|上期|同期|同比|环比|增减|增长|增幅|累计/;
  const PART_OF_YEAR = /[上下]半年|季度|[一二三四1-4]季|\d月|月份|年初|期初|其中/;
  // In a title the year has to be said to be one; the day on which a table was made is none.
  const YEARS = /((?:19|20)\d\d)(?:[-—–/~～至到]((?:(?:19|20)\d\d)|\d\d))?(?:学?年)(?!\d{1,2}月)/g;
  const A_YEAR = /(?:19|20)\d\d年/;
  // What the head of a form says of the form itself: who issues it, until when, by which law, from which
  // source. None of it says whose the figures are, or of which year.
  const OF_THE_FORM = [
    /(?:(?:制定|批准|制表|编制|审批|备案|印发|发布|主管|主办|监制|颁布|发文)机关|(?:制定|批准|印发|发布|主管|监制|审批|备案|颁布|发文)(?:单位|部门|机构)|(?:报送|上报|抄送|主送):)[:\s]*[^\s,;。()]*/gu,
    /[^\s,;:。()]*[委会局部厅府](?:印?制|制定|监制|编印|印发)(?=$|[\s,;。()])/gu,
    /(?:数据|资料|数字)?(?:来自|来源于?|源自|取自|摘自|引自)[^\s,;。()]*/gu,
    /(?:根据|依据|按照|依照|参照|遵照)[^\s,;。]*(?:修订|修正|颁布|印发|发布|公布|通过|施行|文件|办法|通知|规定|条例|制度|法》)[^\s,;。]*/gu,
    /(?:19|20)\d\d年(?:修订|修正|颁布|印发|发布|公布|通过|施行|版)/gu,
  ];
  const A_DAY = /[^\s,;。()]*(?:有效期|日期|时间|填表|制表|打印|导出|印发|报送于|填报于)[^\s,;。()]*(?:\s+(?:19|20)\d\d年(?!\S))?/g;
  const A_REMARK = /^[（(]?(?:注|备注|附注|说明|填报说明|资料来源|数据来源|来源)[:：]/;
  // Who reports stands before 报, to whom behind it: 渝中区报重庆市教委数据.
  const REPORTS = new RegExp(`^(\\p{Script=Han}{1,8}?(?:${ENDINGS}))(?:教委|教育委员会|教育局|教体局|教育和体育局|(?:人民)?政府)?(?:上报|呈报|报送?)(?:至|给|到)?(?=\\p{Script=Han}{1,8}?(?:${ENDINGS}))`, "u");
  // What only stands in the head of a form, as no value and no explanation begins: 表号：教基1.
  const LABEL = /^\p{Script=Han}{2,10}:/u;
  const WORDS = /^[\p{Script=Han}()《》、—-]{4,}$/u;
  const IN_A_VALUE = /[一二两三四五六七八九十百千零〇无未不没缺空]/;
  const NUMERALS = "〇一二三四五六七八九";

  const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  // 彭水苗族土家族自治县 is called 彭水自治县, 彭水县 and 彭水.
  const AUTONOMOUS = /^(\p{Script=Han}{2,}?)(?:\p{Script=Han}{1,4}族)+自治([县州区旗])$/u;
  const short = (name) => {
    const [, place, ending] = AUTONOMOUS.exec(name) ?? [];
    return [name.replace(ENDING, ""), ...(place ? [place, place + ending, `${place}自治${ending}`] : [])];
  };
  const listed = (text) => (text ?? "").split("|").map(plain).filter(Boolean);
  const withShort = (names) => new Set(names.flatMap((name) => [name, ...short(name)]).filter((name) => name.length > 1));
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

  // Names of the units beside this one are not told, and known by their checksums alone: 渝中.
  const hidden = new Set(listed(Sheet.words.hiddenNames));
  const checksum = (text) => {
    let left = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) {
      left ^= byte;
      for (let bit = 0; bit < 8; bit += 1) left = (left >>> 1) ^ (left & 1 ? 0xedb88320 : 0);
    }
    return ((left ^ 0xffffffff) >>> 0).toString(16);
  };
  const isHidden = (text) => /^\p{Script=Han}{2,}$/u.test(text) && !own.has(text) && hidden.has(checksum(text));

  // "own" or "other" of a cell that is the name of a unit that is known here; "" of any other text.
  const known = (cell) => {
    const text = plain(cell);
    if (isHidden(text)) return "other";
    const { whose, name, end } = namedIn(text);
    const before = text.slice(0, -name.length);
    return name && end === text.length && !CODE.test(name) && (!before || own.has(before) || others.has(before)) ? whose : "";
  };

  // The same of a cell that looks like any unit's name, or says 全区.
  const unit = (cell) => {
    const text = plain(cell);
    if (known(cell) || WHO.test(text) || A_PLACE.test(text) || !LOOKS_LIKE_A_UNIT.test(text)) return known(cell);
    const [, ending] = ITSELF.exec(text) ?? [];
    return ending && ownNames.some((name) => name.endsWith(ending)) ? "own" : "other";
  };

  // The same of what looks like a unit at the start of more words.
  const unitIn = (looks) => unit(known(looks) ? looks : (IN_A_UNIT.exec(looks)?.[1] ?? looks));

  // The same before the name of a figure, where a code is one as well.
  const isCode = (text) => CODE.test(text) && ownNames.some((name) => CODE.test(name) && name.slice(0, 2) === text.slice(0, 2));
  const before = (cell) => (isCode(plain(cell)) ? (own.has(plain(cell)) ? "own" : "other") : unit(cell));

  // The same in a column that says of each line whose it is.
  const inWho = (cell) => before(cell) || (plain(cell) && !WHO.test(plain(cell)) && !A_PLACE.test(plain(cell)) ? "other" : "");

  // The head of a column in whose it is and what else it says: 渝中区2021年 in "other" and 2021年.
  const heading = (cell) => {
    const text = plain(cell);
    const { whose, name } = namedIn(text);
    const [, looks, behind] = AT_THE_START.exec(text) ?? /^(\p{Script=Han}{2,})(\d.*)$/u.exec(text) ?? [];
    if (behind && /^\d/.test(behind) && unit(looks)) return { unit: unit(looks), rest: behind };
    if (unit(cell) || CODE.test(name) || !(text.startsWith(name) || text.endsWith(name))) return { unit: unit(cell), rest: unit(cell) ? "" : cell.trim() };
    return { unit: whose, rest: whose ? text.replace(name, "").replace(/^[-—–:、/]|[-—–:、/]$/g, "") : cell.trim() };
  };

  const yearsOf = (text) =>
    [...text.matchAll(YEARS)].flatMap(([, first, last]) => {
      const from = Number(first);
      const to = last ? Number(last.length === 2 ? first.slice(0, 2) + last : last) : from;
      // 2021-2022学年 is the school year that begins in 2021.
      return to <= from + 1 ? [from] : [...Array(to - from + 1).keys()].map((more) => from + more);
    });

  // What a line without a figure says of those below it: {unit, years}, each empty where it does not;
  // `ofTheForm` is whether it says something else that stands over a table, as its validity.
  const title = (line) => {
    const written = line.normalize("NFKC").replace(/:\s+/g, ":").replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) =>
      [...year].map((sign) => Math.max(0, NUMERALS.indexOf(sign))).join(""));
    if (A_REMARK.test(plain(written))) return { unit: "", years: [], ofTheForm: false };
    const said = OF_THE_FORM.reduce((left, words) => left.replace(words, " "), written);
    const dated = said.replace(A_DAY, " ");
    const [, looks] = IN_TITLE.exec(plain(said)) ?? [];
    const alone = said.split(/\s+/).map((word) => heading(word).unit).find(Boolean) ?? "";
    const [, reports] = REPORTS.exec(plain(said)) ?? [];
    return {
      unit: (reports && unitIn(reports)) || (looks && unitIn(looks)) || namedIn(plain(said)).whose || alone,
      years: yearsOf(plain(dated)),
      ofTheForm: dated !== written || A_YEAR.test(plain(written)),
    };
  };

  // Whether words over a column begin with a unit that is another: 渝中区在园人数.
  const isOfAnother = (text) => {
    const [, looks] = AT_THE_START.exec(plain(text)) ?? [];
    return title(text).unit === "other" || Boolean(looks && unitIn(looks) === "other");
  };

  // Whether a cell over figures without names belongs to the form, or is its name: 表号：教基1.
  const isOfTheForm = (cell) => {
    const text = plain(cell);
    return LABEL.test(text) || title(cell).ofTheForm || (WORDS.test(text) && !IN_A_VALUE.test(text));
  };
  // Whether a cell is words that no figure box takes: 城市 in front of its number.
  const isWords = (cell) => /\p{Script=Han}/u.test(cell) && !/\d/.test(plain(cell)) && !IN_A_VALUE.test(cell);

  const isWho = (cell) => WHO.test(plain(cell));
  const isAnother = (text) => ANOTHER.test(text);
  const isPart = (text) => PART_OF_YEAR.test(text);
  const isPlace = (text) => A_PLACE.test(plain(text));

  return { known, unit, before, inWho, heading, title, isOfAnother, isWho, isAnother, isPart, isPlace, isOfTheForm, isWords };
})();
