"""Pins annotations to figures, and takes back what was said. Nothing is changed, nothing deleted.

Whether there is such a figure is asked by the page that shows it; here, whether it is the actor's
to annotate. The actor has one row held meanwhile, so that a second click says nothing twice.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.collection import FIRST_YEAR, Refusal, last_year, may_annotate, years
from indicators.models import Annotation, Indicator, Jurisdiction, User
from indicators.recording.validation import refuse_hidden_marks, refuse_odd_text

TEXT_LENGTH = 1000
MOST_OF_A_FIGURE = 100


@transaction.atomic
def annotate(
    indicator: Indicator, unit: Jurisdiction, year: int, *, actor: User, text: str
) -> Annotation:
    """Say something about a figure; `year` is that of its value. What its author has said there
    already in the same words, and not taken back, is not said again.

    Refuses: not_your_act, unknown_year, jurisdiction_closed, remark_empty, too_long,
    null_character, hidden_marks, annotations_too_many.
    """
    unit = Jurisdiction.objects.get(pk=unit.pk)  # as it lies in the tree now
    if not may_annotate(actor, unit):
        raise Refusal("not_your_act", act=_("Annotate"))
    if year not in years():
        raise Refusal("unknown_year", year=year, first=FIRST_YEAR, last=last_year())
    if not unit.valid_in(year):
        raise Refusal("jurisdiction_closed", unit=unit.name, year=year)
    text = _readable(text)
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    place = {"indicator": indicator, "jurisdiction": unit, "year": year}
    said = list(Annotation.objects.filter(**place).said())
    for one in said:
        if one.author_id == actor.pk and one.text == text and not one.is_taken_back:
            return one
    if len(said) >= MOST_OF_A_FIGURE:
        raise Refusal("annotations_too_many", limit=MOST_OF_A_FIGURE)
    return Annotation.objects.create(**place, author=actor, at=timezone.now(), text=text)


@transaction.atomic
def take_back(pk: int, *, actor: User) -> Annotation:
    """Take back what the actor said; the row that says so. Twice is as good as once.

    Refuses: annotation_gone (also what the actor does not see), not_your_act.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    one = Annotation.objects.for_user(actor).said().filter(pk=pk).first()
    if one is None:
        raise Refusal("annotation_gone")
    if one.author_id != actor.pk:
        raise Refusal("not_your_act", act=_("Take back"))
    if one.is_taken_back:
        return one.taken_back
    return Annotation.objects.create(
        indicator=one.indicator,
        jurisdiction=one.jurisdiction,
        year=one.year,
        author=actor,
        at=timezone.now(),
        takes_back=one,
    )


def _readable(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    refuse_odd_text(text, TEXT_LENGTH, "text")
    refuse_hidden_marks(text.replace("\n", ""), "text")
    if not text:
        raise Refusal("remark_empty", field="text")
    return text
