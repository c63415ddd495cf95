"""What was told of several units is kept, so that it is not told anew once it has moved.

Until now it followed from rounds and corrections what may be told; by that rule is found here what
was told already. What has moved since is withdrawn.
"""

import hashlib
from collections import defaultdict
from functools import cache

import django.db.models.deletion
from django.db import migrations, models

import indicators.models.numbers

FIGURES, NUMBERS = 6, 8
FIGURE, SPREAD = "figure", "spread"


def release_what_was_told(apps, schema_editor):
    def rows(name):
        return apps.get_model("indicators", name).objects

    release = apps.get_model("indicators", "Release")
    lag = dict(rows("Indicator").values_list("pk", "lag"))
    units = {unit.pk: unit for unit in rows("Jurisdiction").all()}
    below = defaultdict(list)
    for unit in units.values():
        below[unit.parent_id].append(unit)
    before = names_before(rows("JurisdictionChange"), units)

    def first(unit):
        return first(before[unit]) if unit in before else unit

    def names(unit):
        return [unit, *(names(before[unit]) if unit in before else ())]

    def digest(lines):
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    rounds = defaultdict(list)
    for one in rows("Round").filter(withdrawn_at__isnull=True):
        rounds[one.city_id, one.evaluation_year].append(one)
    frozen = {}
    events = rows("SubmissionEvent").filter(act="freeze").order_by("-change__at")
    for city, year, at in events.values_list(
        "submission__round__city_id", "submission__round__evaluation_year", "change__at"
    ):
        frozen[city, year] = at
    corrections = defaultdict(list)
    for one in rows("Correction").order_by("pk").select_related("change"):
        was, now = (
            (one.number, one.statement, one.state),
            (
                one.new_number,
                one.new_statement,
                one.new_state,
            ),
        )
        if was != now:
            corrections[one.jurisdiction_id, one.year, one.indicator_id].append(one)

    @cache
    def came_later(pk, opened_at, path, year):
        """Whether figures of the year were approved before the round was opened."""
        return (
            rows("Standing")
            .filter(
                tier="approved",
                value__year=year,
                value__jurisdiction__path__startswith=path,
                change__at__lt=opened_at,
            )
            .exists()
        )

    def collecting(city, year, indicator):
        return any(one.closed_at is None for one in rounds[city, year - lag[indicator]])

    def moved(city, unit, year, indicator):
        """The first correction since the figure could be told to the city's units."""
        place = city, year - lag[indicator]
        for one in corrections[unit, year, indicator]:
            at = one.change.at
            told = place in frozen and frozen[place] < at
            if told or not any(
                other.opened_at is not None
                and other.opened_at < at
                and not came_later(other.pk, other.opened_at, units[city].path, year)
                for other in rounds[place]
            ):
                return one
        return None

    def figure_told(one, children):
        city, year, indicator = one.jurisdiction_id, one.year, one.indicator_id
        if (one.counted or 0) < FIGURES:
            return None
        if moved(city, city, year, indicator) is not None:
            return {"withdrawn": True}
        second = one.basis == "stated"
        number = one.computed if second else one.number
        statement = one.computed_statement if second else one.statement
        says_none = number is None and not statement
        if one.missing_units != [] or says_none or collecting(city, year, indicator):
            return None
        units = digest(str(first(unit)) for unit in children)
        return {"number": number, "statement": statement, "digest": units}

    def spread_told(city, year, indicator, children, found):
        known = {name for unit in children for name in names(unit)}
        gone = (
            rows("Standing")
            .filter(
                tier="approved",
                value__indicator=indicator,
                value__year=year,
                value__jurisdiction__parent=city,
            )
            .exclude(value__jurisdiction__in=known)
        )
        if gone.exists() or any(moved(city, unit, year, indicator) for unit in [city, *children]):
            return {"withdrawn": True}
        answers = [
            one
            for one in found
            if (one.number is not None or one.statement or one.state == "not_applicable")
            and one.missing_units == []
        ]
        numbers = sum(one.number is not None for one in answers)
        if len(answers) != len(children) or numbers < NUMBERS or collecting(city, year, indicator):
            return None
        lines = (
            f"{first(one.jurisdiction_id)} {'' if one.number is None else f'{one.number:.4f}'}"
            f" {one.statement} {one.state}"
            for one in answers
        )
        return {"digest": digest(lines)}

    approved = rows("YearlyResult").filter(tier="approved").exclude(basis="")
    for city in [units[pk] for pk in below if pk is not None]:

        @cache
        def children_in(year, city=city):
            return [
                unit.pk
                for unit in below[city.pk]
                if unit.valid_from <= year and (unit.valid_to is None or year < unit.valid_to)
            ]

        made = [
            release(
                kind=FIGURE,
                jurisdiction_id=city.pk,
                year=one.year,
                indicator_id=one.indicator_id,
                **told,
            )
            for one in approved.filter(jurisdiction=city.pk, counted__isnull=False)
            if (told := figure_told(one, children_in(one.year))) is not None
        ]
        in_units = approved.filter(jurisdiction__parent=city.pk)
        for year in in_units.order_by().values_list("year", flat=True).distinct():
            by_indicator = defaultdict(list)
            if len(children_in(year)) >= NUMBERS:
                for one in in_units.filter(year=year, jurisdiction__in=children_in(year)):
                    by_indicator[one.indicator_id].append(one)
            made += [
                release(
                    kind=SPREAD,
                    jurisdiction_id=city.pk,
                    year=year,
                    indicator_id=indicator,
                    **told,
                )
                for indicator, found in by_indicator.items()
                if (told := spread_told(city.pk, year, indicator, children_in(year), found))
                is not None
            ]
        release.objects.bulk_create(made)


def names_before(changes, units):
    """By the id of a renamed unit the one that it was: alone, whole, and ended by then."""
    changes = list(changes.prefetch_related("from_units", "to_units"))
    parts_moved = {
        (one.year, unit.pk)
        for one in changes
        if one.kind == "transfer"
        for unit in (*one.from_units.all(), *one.to_units.all())
    }
    before = {}
    for one in changes:
        last = [unit.pk for unit in one.from_units.all() if (unit.valid_to or 9999) <= one.year]
        for unit in one.to_units.all():
            whole = not any((one.year, pk) in parts_moved for pk in (unit.pk, *last))
            begun = units[unit.pk].valid_from == one.year
            if one.kind in ("rename", "upgrade") and len(last) == 1 and whole and begun:
                before[unit.pk] = last[0]
    return before


class Migration(migrations.Migration):
    dependencies = [("indicators", "0023_level_above")]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "kind",
                    models.CharField(
                        choices=[(FIGURE, "Released figure"), (SPREAD, "Released spread")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("withdrawn", models.BooleanField(default=False, verbose_name="withdrawn")),
                (
                    "number",
                    indicators.models.numbers.ExactNumberField(null=True, verbose_name="number"),
                ),
                (
                    "statement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly", "Partly met"),
                            ("not_met", "Not met"),
                        ],
                        max_length=10,
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.jurisdiction",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "year", "indicator", "kind", "withdrawn"),
                        name="release_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", [FIGURE, SPREAD])),
                        name="release_kind_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(release_what_was_told, migrations.RunPython.noop, elidable=True),
    ]
