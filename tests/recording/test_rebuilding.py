"""Working out all again keeps the promise of what is approved: a list first, a reason, a trace."""

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Correction, YearlyResult
from tests.cast import enter_approved, result
from tests.results.release_cast import told


@pytest.fixture
def wrong(children, city, nine):
    """The city's sum as an older program, or somebody at the database, has left it."""
    for unit in nine:
        enter_approved(children, unit, "100")
    YearlyResult.objects.filter(jurisdiction=city).update(number=899)


def test_what_would_move_approved_figures_is_listed_and_not_done(wrong, children, city, capsys):
    with pytest.raises(CommandError, match="1 approved figures would change"):
        call_command("rebuild_results")

    assert "899" in capsys.readouterr().err
    assert result(children, city, tier="approved").number == 899


def test_with_a_reason_it_is_done_and_leaves_corrections(wrong, children, city, officer):
    call_command("rebuild_results", reason="新版重算")

    found = Correction.objects.get()
    assert (found.number, found.new_number, found.change.reason) == (899, 900, "新版重算")
    assert result(children, city, tier="approved").number == 900
    assert told(officer, children, city) == 900


def test_where_nothing_approved_moves_no_reason_is_asked(children, city, nine):
    for unit in nine:
        enter_approved(children, unit, "100")
    YearlyResult.objects.filter(tier="reported").update(number=7)
    call_command("rebuild_results")

    assert result(children, city).number == 900
    assert not Correction.objects.exists()


COMMAND = "indicators.management.commands.rebuild_results"


@pytest.mark.parametrize("only_check", [True, False])
def test_it_tells_how_far_it_is(children, city, nine, monkeypatch, capsys, only_check):
    for unit in nine:
        enter_approved(children, unit, "100")
    monkeypatch.setattr(f"{COMMAND}.TOLD_EVERY", 1)
    monkeypatch.setattr("indicators.results.rebuild.AT_ONCE", 1)
    call_command("rebuild_results", check=only_check)

    said = capsys.readouterr().err.splitlines()
    done = [int(line.split()[0]) for line in said]
    assert len(done) > len(nine)
    assert done == sorted(set(done))


@pytest.mark.parametrize("only_check", [True, False])
def test_interrupted_it_changes_nothing(wrong, children, city, monkeypatch, only_check):
    YearlyResult.objects.filter(tier="reported").update(number=7)

    def stop(_line):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"{COMMAND}.TOLD_EVERY", 1)
    monkeypatch.setattr(f"{COMMAND}.say", stop)
    with pytest.raises(CommandError, match="Nothing was changed") as refused:
        call_command("rebuild_results", check=only_check, reason="" if only_check else "重算")

    assert refused.value.returncode == 130
    assert result(children, city).number == 7
    assert result(children, city, tier="approved").number == 899
