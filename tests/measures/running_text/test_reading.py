from decimal import Decimal

import pytest

from indicators.measures.running_text.plain import plain
from indicators.measures.running_text.reading import quantities


def read(text):
    return [
        (one.unit, None if one.value is None else str(one.value), one.qualifier)
        for one in quantities(plain(text))
    ]


@pytest.mark.parametrize(
    ("text", "unit", "value", "qualifier"),
    [
        ("805亿元", "yuan", "80500000000", "exact"),
        ("１，２３４人", "人", "1234", "exact"),
        ("95.67％", "percent", "95.67", "exact"),
        ("1.14个百分点", "percentage_points", "1.14", "exact"),
        ("3.5‰", "permille", "3.5", "exact"),
        ("42余万人次", "人次", "420000", "remainder"),
        ("42万余人次", "人次", "420000", "remainder"),
        ("400多所", "所", "400", "remainder"),
        ("400余", "", "400", "exact"),
        ("1亿2000万元", "yuan", "120000000", "exact"),
        ("1亿2000多万元", "yuan", "120000000", "remainder"),
        ("约三千五百多万元", "yuan", "35000000", "remainder"),
        ("二十余名", "名", "20", "remainder"),
        ("三千二百所", "所", "3200", "exact"),
        ("三十余", "", "30", "exact"),
        ("百分之八点一", "percent", "8.1", "exact"),
        ("百分之95", "percent", "95", "exact"),
        ("千分之八", "permille", "8", "exact"),
        ("三分之一", "percent", "33.3333", "exact"),
        ("近两成", "percent", "20", "about"),
        ("七成五", "percent", "75", "exact"),
        ("四成半", "percent", "45", "exact"),
        ("1:15.2", "ratio", "15.2", "exact"),
        ("18.42∶1", "ratio", "18.42", "exact"),
        ("0.5:20", "ratio", "40", "exact"),
        ("第四", "rank", "4", "exact"),
        ("第12位", "rank", "12", "exact"),
        ("全覆盖", "", None, "exact"),
        ("超过了93%", "percent", "93", "more_than"),
        ("突破3万人", "人", "30000", "more_than"),
        ("不足3万人", "人", "30000", "less_than"),
        ("不超过30人", "人", "30", "at_most"),
        ("30人以内", "人", "30", "at_most"),
        ("95%以上", "percent", "95", "at_least"),
        ("95%左右", "percent", "95", "about"),
        ("300人出头", "人", "300", "remainder"),
        ("超过300余人", "人", "300", "remainder"),
        ("300余人以上", "人", "300", "remainder"),
        ("节约30万元", "yuan", "300000", "exact"),
        ("最近5所", "所", "5", "exact"),
        ("指标  万人  12.3", "人", "123000", "exact"),
        ("覆盖率（%）  91.5", "percent", "91.5", "exact"),
        ("5千米", "千米", "5", "exact"),
        ("5多媒体", "", "5", "exact"),
        ("1亿3亿元", "", "100000000", "exact"),
        ("9.1个亿", "yuan", "910000000", "exact"),
        ("两个亿支持", "yuan", "200000000", "exact"),
        ("三百多个亿", "yuan", "30000000000", "remainder"),
        ("¥3200，", "yuan", "3200", "exact"),
        ("十六元八角", "yuan", "16.8", "exact"),
        ("十六元5角", "yuan", "16.5", "exact"),
        ("二十几所", "所", "20", "remainder"),
        ("几十所", "所", "10", "exact"),
        ("三十来所", "所", "30", "about"),
        ("30来所", "所", "30", "about"),
        ("万余册", "册", "10000", "remainder"),
        ("两倍半", "倍", "2.5", "exact"),
        ("3倍多", "倍", "3", "remainder"),
        ("七成多", "percent", "70", "remainder"),
        ("一半还多", "percent", "50", "remainder"),
        ("三分之一强", "percent", "33.3333", "remainder"),
        ("三分之一弱，", "percent", "33.3333", "less_than"),
        ("1/3以上", "percent", "33.3333", "at_least"),
        ("60%多为女生", "percent", "60", "exact"),
        ("过半", "percent", "50", "more_than"),
        ("超过半数", "percent", "50", "more_than"),
        ("近一半", "percent", "50", "about"),
        ("翻番", "percent", "100", "exact"),
        ("翻了近一番", "percent", "100", "about"),
        ("翻两番", "percent", "300", "exact"),
        ("翻了超一番多", "percent", "100", "remainder"),
        ("超九成为女生", "percent", "90", "more_than"),
        ("一成不变", "", "1", "exact"),
        ("≥97%", "percent", "97", "at_least"),
        ("刚过八成", "percent", "80", "more_than"),
        ("获过3次", "次", "3", "exact"),
        ("差不多四分之一", "percent", "25.0000", "about"),
        ("三成不到。", "percent", "30", "less_than"),
        ("约占总数的一成", "percent", "10", "about"),
        ("增长-3.2%", "percent", "-3.2", "exact"),
        ("增长负3.2%", "percent", "-3.2", "exact"),
        ("正负3%", "percent", "3", "exact"),
        ("编号A-3%", "percent", "3", "exact"),
        ("提高了3个点", "percentage_points", "3", "exact"),
        ("建成3个点", "个点", "3", "exact"),
        ("附件1:2022年", "年", "2022", "exact"),
        ("幼儿园 86", "", "86", "exact"),
    ],
)
def test_a_quantity(text, unit, value, qualifier):
    assert read(text)[-1 if "  " in text or "附件" in text else 0] == (unit, value, qualifier)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("10%至15%", [("percent", "10"), ("percent", "15")]),
        ("３００—５００人", [("人", "300"), ("人", "500")]),
        ("3至5万人", [("人", "30000"), ("人", "50000")]),
        ("3000至5万人", [("人", "3000"), ("人", "50000")]),
        ("三至五万人", [("人", "30000"), ("人", "50000")]),
        ("3—5岁", [("岁", "3"), ("岁", "5")]),
        ("3亿元-5亿元", [("yuan", "300000000"), ("yuan", "500000000")]),
    ],
)
def test_a_range_has_two_ends(text, ends):
    assert read(text) == [
        (*end, qualifier) for end, qualifier in zip(ends, ("range_from", "range_to"), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("提高1.2、0.3和0.9个百分点", ["percentage_points"] * 3),
        ("1、3个百分点", ["", "percentage_points"]),
        ("5、3所", ["", "所"]),
        ("10%至3所", ["percent", "所"]),
        ("1至2", ["", ""]),
        ("三五至5所", ["", "所"]),
    ],
)
def test_the_unit_behind_the_last_of_a_list(text, units):
    assert [unit for unit, *_ in read(text)] == units


@pytest.mark.parametrize("text", ["1" * 30, "一" * 30, "零分之一", "第九九", "九九成"])
def test_what_has_no_value(text):
    [(_unit, value, _qualifier)] = read(text)[:1]
    assert value is None


def test_a_sum_stops_where_its_parts_grow_too_long():
    assert read("1亿" + "2" * 30)[0][1] == "100000000"


def test_the_place_is_that_of_the_last_digit():
    found = quantities(plain("805亿元，3.62万个，七成，七成五"))
    assert [one.place for one in found] == [8, 2, 1, 0]
    assert found[1].value == Decimal(36200)
