"""Keeps questions of the custom table under names, for their owner alone.

What a question says is read by the page that asks it; here it is a text of bounded length. A person
has one row held while something of theirs is saved, so that two windows cannot give one name twice,
nor pin more than there is room for.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.models import SavedQuestion, User
from indicators.recording.validation import refuse_hidden_marks, refuse_odd_text

NAME_LENGTH = 100
QUERY_LENGTH = 3000  # as much as an address carries through every server on its way
MOST_SAVED = 100
MOST_PINNED = 12


@transaction.atomic
def save_question(*, actor: User, name: str, query: str) -> SavedQuestion:
    """Keep a new one. Where the name has that very question already, as after a second click, it
    is the one that is there.

    Refuses: not_your_act, name_missing, too_long, null_character, hidden_marks,
    question_name_taken, question_too_long, questions_too_many.
    """
    if not actor.scope.sees_figures:
        raise Refusal("not_your_act", act=_("Save"))
    name = _readable(name)
    _refuse_too_long(query)
    mine = _held(actor)
    for one in mine.values():
        if (one.name, one.query) == (name, query):
            return one
    _refuse_taken(mine, name)
    if len(mine) >= MOST_SAVED:
        raise Refusal("questions_too_many", limit=MOST_SAVED)
    return SavedQuestion.objects.create(owner=actor, name=name, query=query, made_at=timezone.now())


@transaction.atomic
def replace_question(pk: int, *, actor: User, version: int, query: str) -> SavedQuestion:
    """Let another question stand under the name.

    Refuses: question_gone (also another person's), question_moved, question_too_long.
    """
    _refuse_too_long(query)
    found = _own(_held(actor), pk, version)
    return _changed(found, query=query)


@transaction.atomic
def rename_question(pk: int, *, actor: User, version: int, name: str) -> SavedQuestion:
    """Call it otherwise.

    Refuses: question_gone (also another person's), question_moved, name_missing, too_long,
    null_character, hidden_marks, question_name_taken.
    """
    name = _readable(name)
    mine = _held(actor)
    found = _own(mine, pk, version)
    _refuse_taken({other: one for other, one in mine.items() if other != pk}, name)
    return _changed(found, name=name)


@transaction.atomic
def pin_question(pk: int, *, actor: User, pinned: bool) -> SavedQuestion:
    """Show it on the owner's first page, or no longer; twice is as good as once.

    Refuses: question_gone (also another person's), pinned_too_many.
    """
    mine = _held(actor)
    found = _own(mine, pk)
    others = [one for one in mine.values() if one.is_pinned and one.pk != pk]
    if pinned and len(others) >= MOST_PINNED:
        raise Refusal("pinned_too_many", limit=MOST_PINNED)
    SavedQuestion.objects.filter(pk=pk).update(is_pinned=pinned)
    found.is_pinned = pinned
    return found


@transaction.atomic
def delete_question(pk: int, *, actor: User, version: int) -> SavedQuestion:
    """Keep it no longer; what it was.

    Refuses: question_gone (also another person's), question_moved.
    """
    found = _own(_held(actor), pk, version)
    SavedQuestion.objects.filter(pk=pk).delete()
    return found


def _held(actor: User) -> dict[int, SavedQuestion]:
    """The actor's own, by id, which nobody else changes until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    return {one.pk: one for one in SavedQuestion.objects.for_user(actor)}


def _own(mine: dict[int, SavedQuestion], pk: int, version: int | None = None) -> SavedQuestion:
    found = mine.get(pk)
    if found is None:
        raise Refusal("question_gone")
    if version not in (None, found.version):
        raise Refusal("question_moved", name=found.name)
    return found


def _changed(found: SavedQuestion, **fields: str) -> SavedQuestion:
    SavedQuestion.objects.filter(pk=found.pk).update(version=F("version") + 1, **fields)
    found.refresh_from_db()
    return found


def _readable(name: str) -> str:
    """The name without spaces around it, and one between words, as a page shows it."""
    refuse_odd_text(name, NAME_LENGTH, "name")
    refuse_hidden_marks(name, "name")
    name = " ".join(name.split())
    if not name:
        raise Refusal("name_missing", field="name")
    return name


def _refuse_taken(mine: dict[int, SavedQuestion], name: str) -> None:
    if any(one.name == name for one in mine.values()):
        raise Refusal("question_name_taken", field="name", name=name)


def _refuse_too_long(query: str) -> None:
    if len(query) > QUERY_LENGTH:
        raise Refusal("question_too_long")
