import pytest

from indicators.measures.running_text.check import read
from indicators.measures.running_text.relations import relations


@pytest.mark.parametrize(
    ("text", "kind", "agrees"),
    [
        ("学校100所，其中小学60所、初中40所。", "sum", True),
        ("学校100所，其中小学60所、初中30所。", "part", True),
        ("学校100所，其中小学60所、初中41所。", "part", False),
        ("学校100所，其中小学160所。", "part", False),
        ("在校生10.2万人，其中小学6.1万人、初中4.2万人。", "sum", True),
        ("教师1386人，其中硕士412人、占29.7%。", "share", True),
        ("教师1386人，其中硕士412人，占比达29.6%。", "share", False),
        ("占比由46.7%提高到56.1%，提高9.4个百分点。", "difference", True),
        ("占比由46.7%提高到56.1%，提高9.6个百分点。", "difference", False),
        ("占比由56.1%降至46.7%，下降9.4个百分点。", "difference", True),
        ("投入168.35亿元，比上年的157.92亿元增长6.6%。", "growth", True),
        ("投入168.35亿元，比上年的157.92亿元增长6.8%。", "growth", False),
        ("学校由40所减至30所，减少25%。", "growth", True),
    ],
)
def test_a_relation(text, kind, agrees):
    found = [(one.kind, one.agrees) for one in relations(read(text))]
    assert (kind, agrees) in found


@pytest.mark.parametrize(
    "text",
    [
        "学校100所，其中小学60所。",
        "学校100所，小学60所、初中40所。",
        "学校100所，其中教师60人。",
        "学校100所，其中小学增加60所、初中40所。",
        "学校100所，其中小学60所；初中50所。",
        "比上年增长5%，其中小学60所。",
        "教师1386人，其中硕士412人；占29.7%。",
        "教师0人，其中硕士0人，占29.7%。",
        "教师10人，其中学校4所，占40%。",
        "投入168亿元，增长6%，增长7%。",
        "学校40所，教师30人，增长5%。",
        "由0所增至30所，增长25%。",
        "学校40所，学校30所，增长25%。",
        "由40所增至30所；增长25%。",
        "由40所增至30所，增长5个百分点。",
        "占29.7%。",
    ],
)
def test_what_words_do_not_claim_is_no_relation(text):
    assert [one for one in relations(read(text)) if not one.agrees] == []


def test_it_names_all_its_places():
    text = "学校100所，其中小学60所、初中40所。"
    [one] = relations(read(text))
    assert [text[start:end] for start, end in one.places] == ["60所", "40所", "100所"]
    assert (one.stated, one.computed) == (100, 100)
