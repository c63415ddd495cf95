"""Figures that an operator loads from own seeds have an origin of their own, 历史补录.

Back again they count as what they were before: of the seeds.
"""

from django.db import migrations, models

BEFORE = {
    "entered": "Entered",
    "on_behalf": "Entered on behalf",
    "imported": "Imported",
    "seed": "Published report",
    "demonstration": "Demonstration",
}
NOW = {**BEFORE, "backfilled": "Backfilled"}
ORDER = ["entered", "on_behalf", "imported", "backfilled", "seed", "demonstration"]


def call_them_seeds(apps, schema_editor):
    for model, field in (
        ("Change", "origin"),
        ("YearlyResult", "origin"),
        ("YearlyResult", "computed_origin"),
    ):
        rows = apps.get_model("indicators", model).objects.filter(**{field: "backfilled"})
        rows.update(**{field: "seed"})


def known(codes):
    condition = models.Q(origin__in=list(codes))
    return models.CheckConstraint(condition=condition, name="change_origin_known")


def choices():
    return [(code, NOW[code]) for code in ORDER]


class Migration(migrations.Migration):
    dependencies = [("indicators", "0011_entry_unit")]

    operations = [
        migrations.RemoveConstraint("change", "change_origin_known"),
        migrations.AlterField(
            "change",
            "origin",
            models.CharField(
                choices=choices(), default="entered", max_length=20, verbose_name="origin"
            ),
        ),
        migrations.AlterField(
            "yearlyresult",
            "origin",
            models.CharField(blank=True, choices=choices(), max_length=20),
        ),
        migrations.AlterField(
            "yearlyresult",
            "computed_origin",
            models.CharField(blank=True, choices=choices(), max_length=20),
        ),
        migrations.AddConstraint("change", known(ORDER)),
        migrations.RunPython(migrations.RunPython.noop, call_them_seeds),
    ]
