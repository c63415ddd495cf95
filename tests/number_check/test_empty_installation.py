"""Before there is a unit, the command says so."""

import pytest
from django.core.management import CommandError, call_command


def test_without_a_unit_there_is_nothing_to_hold_a_text_against(db, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("巩固率95%", encoding="utf-8")

    with pytest.raises(CommandError, match="no unit"):
        call_command("check_report", str(path))
