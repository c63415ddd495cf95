"""Figures in doubt, and where the rules have to look because a figure came to stand.

What stands as reported already is due to be looked at, by `send_reminders` or with the next saves.
"""

import django.db.models.deletion
from django.db import migrations, models


def let_the_rules_look(apps, schema_editor):
    reported = apps.get_model("indicators", "Standing").objects.filter(tier="reported")
    places = reported.values_list("value__jurisdiction_id", "value__year").order_by().distinct()
    due = apps.get_model("indicators", "DueExamination")
    due.objects.bulk_create(due(jurisdiction_id=unit, year=year) for unit, year in places)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0014_lean_standings")]

    operations = [
        migrations.CreateModel(
            name="DueExamination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("jurisdiction_id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "due examination",
                "verbose_name_plural": "due examinations",
            },
        ),
        migrations.CreateModel(
            name="Doubt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
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
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubts",
                        to="indicators.rule",
                        verbose_name="rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "doubt",
                "verbose_name_plural": "doubts",
                "ordering": ["jurisdiction", "year", "indicator", "rule"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "year", "indicator", "rule"), name="doubt_unique"
                    )
                ],
            },
        ),
        migrations.RunPython(let_the_rules_look, migrations.RunPython.noop),
    ]
