"""What was told of several units is kept, so that it is not told anew once it has moved.

Until now it followed from rounds and corrections what may be told; by that rule is found here what
was told already. Where that has moved, what it was; a spread that has moved is kept as none.
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
    renamed = {}
    for change in rows("JurisdictionChange").filter(kind__in=["rename", "upgrade"]):
        ended, begun = change.from_units.all(), change.to_units.all()
        if len(ended) == 1:
            renamed |= {unit.pk: ended[0].pk for unit in begun if unit.valid_from == change.year}

    def first(unit):
        return first(renamed[unit]) if unit in renamed else unit

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

    def figure_told(one):
        city, year, indicator = one.jurisdiction_id, one.year, one.indicator_id
        if (before := moved(city, city, year, indicator)) is not None:
            return {"number": before.number, "statement": before.statement}
        second = one.basis == "stated"
        number = one.computed if second else one.number
        statement = one.computed_statement if second else one.statement
        whole = one.missing_units == [] and (one.counted or 0) >= FIGURES
        if not whole or collecting(city, year, indicator) or (number is None and not statement):
            return None
        return {"number": number, "statement": statement}

    def spread_told(city, year, indicator, children, found):
        gone = (
            rows("Standing")
            .filter(
                tier="approved",
                value__indicator=indicator,
                value__year=year,
                value__jurisdiction__parent=city,
            )
            .exclude(value__jurisdiction__in=[*children, *map(first, children)])
        )
        if gone.exists() or any(moved(city, unit, year, indicator) for unit in children):
            return {"digest": ""}
        answers = [
            one
            for one in found
            if (one.number is not None or one.statement or one.state == "not_applicable")
            and one.missing_units == []
        ]
        numbers = sum(one.number is not None for one in answers)
        if len(answers) != len(children) or numbers < NUMBERS or collecting(city, year, indicator):
            return None
        lines = sorted(
            f"{first(one.jurisdiction_id)} {'' if one.number is None else f'{one.number:.4f}'}"
            f" {one.statement} {one.state}"
            for one in answers
        )
        return {"digest": hashlib.sha256("\n".join(lines).encode()).hexdigest()}

    approved = rows("YearlyResult").filter(tier="approved").exclude(basis="")
    for city in [units[pk] for pk in below if pk is not None]:
        of_city = approved.filter(jurisdiction=city.pk)
        made = [
            release(
                kind=FIGURE,
                jurisdiction_id=city.pk,
                year=one.year,
                indicator_id=one.indicator_id,
                **told,
            )
            for one in of_city.filter(counted__isnull=False)
            if (told := figure_told(one)) is not None
        ]
        in_units = approved.filter(jurisdiction__parent=city.pk)
        for year in in_units.order_by().values_list("year", flat=True).distinct():
            children = [
                unit.pk
                for unit in below[city.pk]
                if unit.valid_from <= year and (unit.valid_to is None or year < unit.valid_to)
            ]
            by_indicator = defaultdict(list)
            if len(children) >= NUMBERS:
                for one in in_units.filter(year=year, jurisdiction__in=children):
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
                if (told := spread_told(city.pk, year, indicator, children, found)) is not None
            ]
        release.objects.bulk_create(made)


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
                        fields=("jurisdiction", "year", "indicator", "kind"),
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
