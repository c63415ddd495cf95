"""The reader's saved questions, as the custom table lists them; and what is done with one there.

All of it is posted to the address of the table itself, which says the question: so the page that
answers, also one that refuses, is that of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.collection import Refusal
from indicators.dashboards.custom_table_form import CustomTableForm
from indicators.models import SavedQuestion, User
from indicators.recording.saved_question import (
    delete_question,
    pin_question,
    rename_question,
    replace_question,
    save_question,
)


@dataclass(frozen=True)
class SavedLine:
    """`is_shown` where the table on the page answers it."""

    question: SavedQuestion
    is_shown: bool

    @property
    def size_words(self) -> str:
        """How much it asks for. Read from the query alone: what of it still exists, whoever opens
        it is told."""
        asked = QueryDict(self.question.query)
        indicators, units, years = (
            len(asked.getlist(name)) for name in ("indicator", "unit", "year")
        )
        return _(", ").join(
            [
                ngettext("%(n)s indicator", "%(n)s indicators", indicators) % {"n": indicators},
                ngettext("%(n)s unit", "%(n)s units", units) % {"n": units},
                ngettext("%(n)s year", "%(n)s years", years) % {"n": years},
            ]
        )


@dataclass(frozen=True)
class Done:
    """`shows` is the question that the page is to show from now on; None leaves it as it is."""

    said: str
    shows: SavedQuestion | None = None


def saved_lines(user: User, shown: str) -> list[SavedLine]:
    """By name; `shown` is the query of the table on the page, if there is one."""
    found = SavedQuestion.objects.for_user(user)
    return [SavedLine(one, bool(shown) and one.query == shown) for one in found]


def carry_out(user: User, form: CustomTableForm, given: Mapping[str, str]) -> Done:
    """Do what was posted: save the `form`'s question or put it in another's place; pin, unpin,
    rename or delete a saved one. Refuses as `recording.saved_question` does, and: question_empty,
    unknown_choice."""
    act, name = given.get("act", ""), given.get("name", "")
    pk, version = number_in(given, "question"), number_in(given, "version")
    if act in ("save", "replace"):
        if not form.is_valid():
            raise Refusal("question_empty")
        if act == "save":
            saved = save_question(actor=user, name=name, query=form.query)
            return Done(_("Saved as “%(name)s”.") % {"name": saved.name}, saved)
        saved = replace_question(pk, actor=user, version=version, query=form.query)
        return Done(_("“%(name)s” is replaced by this table.") % {"name": saved.name}, saved)
    if act == "pin":
        saved = pin_question(pk, actor=user, pinned=True)
        return Done(_("“%(name)s” is pinned to the first page.") % {"name": saved.name})
    if act == "unpin":
        saved = pin_question(pk, actor=user, pinned=False)
        return Done(_("“%(name)s” is no longer pinned.") % {"name": saved.name})
    if act == "rename":
        saved = rename_question(pk, actor=user, version=version, name=name)
        return Done(_("It is called “%(name)s” now.") % {"name": saved.name})
    if act == "delete":
        saved = delete_question(pk, actor=user, version=version)
        return Done(_("“%(name)s” is deleted.") % {"name": saved.name})
    raise Refusal("unknown_choice")


def in_the_way(user: User, refusal: Refusal) -> SavedQuestion | None:
    """The one whose name was to be given to another, or that was to be replaced unseen."""
    if refusal.code not in ("question_name_taken", "question_moved"):
        return None
    return SavedQuestion.objects.for_user(user).filter(name=refusal.params["name"]).first()


def number_in(given: Mapping[str, str], name: str) -> int:
    """0 for what is no number that a row could have."""
    said = given.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
