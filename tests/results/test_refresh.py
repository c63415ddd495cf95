"""Many writers at once: no sum and no share misses a figure, and nobody sees a deadlock."""

import gc
from collections.abc import Callable
from decimal import Decimal as D
from threading import Barrier, Thread

import pytest
from django.db import connection, connections, transaction

from indicators.models import bulk
from indicators.recording import Entry, save_values, values
from indicators.results.computation import ResultContent
from indicators.results.rebuild import check
from tests.cast import enter, make_indicator, make_unit, result

ROUNDS = 6


@pytest.fixture
def postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Run the acts in threads that start together; what they raised."""
    start, raised = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return raised


def test_eight_districts_save_the_same_indicators_at_once(
    postgresql, share, children, children_public, city
):
    units = [make_unit(str(500101 + i), f"区{i}", parent=city) for i in range(8)]

    def saves(unit, turn):
        def act():
            for indicator in (
                (children, children_public) if turn % 2 else (children_public, children)
            ):
                enter(indicator, unit, str(turn + 1), year=2020 + turn % 2)

        return act

    for turn in range(ROUNDS):
        assert at_once(*(saves(unit, turn) for unit in units)) == []

    assert result(children, city, year=2021).number == D(8 * ROUNDS)
    assert result(share, city, year=2021).number == D(100)
    assert check()[1] == []


def test_two_people_save_the_two_parts_of_one_share_at_once(
    postgresql, share, children, children_public, north
):
    for turn in range(1, 20):
        raised = at_once(
            lambda turn=turn: enter(children, north, str(turn * 2)),
            lambda turn=turn: enter(children_public, north, str(turn)),
        )
        assert raised == []
        assert result(share, north).number == D(50)

    assert check()[1] == []


def test_a_load_of_many_and_single_saves_at_once(
    postgresql, share, children, children_public, city, monkeypatch
):
    for module in (bulk, values):
        monkeypatch.setattr(module, "MANY", 4)
    units = [make_unit(str(500101 + i), f"区{i}", parent=city) for i in range(4)]
    for turn in range(ROUNDS):
        year = 2015 + turn

        def load(year=year):
            entries = [
                Entry(indicator, unit, year, 0, text="10")
                for unit in units[:2]
                for indicator in (children_public, children)
            ]
            save_values(entries, actor=None, reason="")

        raised = at_once(
            load,
            lambda year=year: enter(children, units[2], "10", year=year),
            lambda year=year: enter(children_public, units[2], "10", year=year),
            lambda year=year: enter(children, units[3], "10", year=year),
        )
        assert raised == []
        assert result(children, city, year=year).number == D(40)

    assert check()[1] == []


def test_two_that_have_saved_and_then_load_many_do_not_wait_for_each_other(
    postgresql, city, monkeypatch
):
    for module in (bulk, values):
        monkeypatch.setattr(module, "MANY", 4)
    units = [make_unit(str(500101 + i), f"区{i}", parent=city) for i in range(4)]
    both_have_saved = Barrier(2)

    def saves_then_loads(indicator):
        def act():
            with transaction.atomic():
                enter(indicator, units[0], "1", year=2015)
                both_have_saved.wait(timeout=30)
                entries = [Entry(indicator, unit, 2016, 0, text="10") for unit in units]
                save_values(entries, actor=None, reason="")

        return act

    pair = [make_indicator(code, aggregation="sum") for code in ("left", "right")]
    assert at_once(*(saves_then_loads(indicator) for indicator in pair)) == []
    assert [result(indicator, city, year=2016).number for indicator in pair] == [D(40), D(40)]
    assert check()[1] == []


def test_of_two_saves_of_one_figure_at_once_one_wins_and_one_is_told(postgresql, children, north):
    enter(children, north, "1")
    for version in range(1, 12):
        raised = at_once(
            *(
                lambda text=text, version=version: enter(children, north, text, version=version)
                for text in (f"{version}1", f"{version}2")
            )
        )
        assert [getattr(error, "code", error) for error in raised] == ["stale"]

    assert check()[1] == []


def test_what_was_worked_out_is_let_go_at_once(children, north):
    """A load of tens of thousands would fill the memory with it, one after another."""
    enter(children, north, "120")  # what is made once is made
    gc.collect()
    before = _contents()
    gc.disable()
    try:
        enter(children, north, "130")
        assert _contents() == before
    finally:
        gc.enable()


def _contents() -> int:
    # By its type: to ask a lazy object of its class would wake it.
    return sum(type(one) is ResultContent for one in gc.get_objects())
