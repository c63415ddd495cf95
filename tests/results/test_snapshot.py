"""The catalogue as a request finds it: looked at once, and anew once the request changes it."""

from django.db import transaction

from indicators.recording.catalogue_change import changing_catalogue
from indicators.results import Lock, current_snapshot, one_snapshot
from tests.cast import make_indicator


def test_a_request_looks_at_the_catalogue_once(children, django_assert_num_queries):
    current_snapshot()

    with one_snapshot(), django_assert_num_queries(1):
        assert current_snapshot() is current_snapshot()


def test_a_request_that_changes_the_catalogue_sees_what_it_changed(children):
    with one_snapshot():
        assert "added" not in current_snapshot().by_code
        with changing_catalogue(actor=None):
            make_indicator("added")
            assert "added" in current_snapshot().by_code

        assert "added" in current_snapshot().by_code


def test_what_was_rolled_back_is_not_remembered(children):
    with one_snapshot():
        try:
            with changing_catalogue(actor=None):
                make_indicator("added")
                current_snapshot()
                raise RuntimeError
        except RuntimeError:
            pass

        assert "added" not in current_snapshot().by_code


def test_a_save_sees_the_catalogue_as_it_is_when_it_is_locked(children):
    with one_snapshot():
        before = current_snapshot()
        token = before.token
        before.token = None  # as if somebody had changed it meanwhile
        with transaction.atomic():
            locked = current_snapshot(lock=Lock.SHARED)

        assert locked is not before
        assert locked.token == token
        assert current_snapshot() is locked
