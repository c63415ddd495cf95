"""Each way in which a file cannot be read is told in one sentence with what would help."""

from django.utils.translation import override

from indicators.imports.unreadable import SENTENCES, sentence_of
from indicators.spreadsheets import UnreadableFile
from indicators.spreadsheets.limits import CODES


def test_every_code_has_a_sentence():
    assert set(SENTENCES) == set(CODES)


def test_numbers_are_told():
    with override("zh-hans"):
        assert sentence_of(UnreadableFile("too_slow", seconds=30.0)) == (
            "读取文件超过 30 秒，请把表格复制到新的工作簿再上传。"
        )
