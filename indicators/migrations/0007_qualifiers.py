"""余 (and 多) gets a code of its own, where it shared one with 超过; 以上 and 不足 get theirs.

What was typed, the number and its place stay to the letter, and so do who, when and why: only the
code that was read from the text is split in two, in values, their versions and the results alike.
No version is made by it.
"""

from django.db import migrations, models

RESULT = "indicators_yearlyresult"
SAYS = "(as_entered LIKE '%%余%%' OR (as_entered LIKE '%%多%%' AND as_entered NOT LIKE '%%多于%%'))"
CHOICES = [
    ("exact", "exact"),
    ("more_than", "more than"),
    ("at_least", "at least"),
    ("remainder", "and more"),
    ("less_than", "less than"),
    ("about", "about"),
]


def split(apps, schema_editor):
    run = schema_editor.connection.cursor().execute
    for table in ("indicators_yearlyvalue", "indicators_valuerevision"):
        run(
            f"UPDATE {table} SET qualifier = %s WHERE qualifier = %s AND {SAYS}",
            ["remainder", "more_than"],
        )
    run(
        f"UPDATE {RESULT} SET qualifier = %s WHERE qualifier = %s AND revision_id IN"
        " (SELECT id FROM indicators_valuerevision WHERE qualifier = %s)",
        ["remainder", "more_than", "remainder"],
    )


def join(apps, schema_editor):
    """The nearest of the old codes; the text says the rest."""
    run = schema_editor.connection.cursor().execute
    for table in ("indicators_yearlyvalue", "indicators_valuerevision", RESULT):
        for new, old in [
            ("remainder", "more_than"),
            ("at_least", "more_than"),
            ("less_than", "about"),
        ]:
            run(f"UPDATE {table} SET qualifier = %s WHERE qualifier = %s", [old, new])


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_change")]

    operations = [
        migrations.RemoveConstraint("yearlyvalue", "yearlyvalue_qualifier_known"),
        *(
            migrations.AlterField(
                model,
                "qualifier",
                models.CharField(choices=CHOICES, default="exact", max_length=10, **named),
            )
            for model, named in [
                ("yearlyvalue", {"verbose_name": "qualifier"}),
                ("valuerevision", {"verbose_name": "qualifier"}),
                ("yearlyresult", {}),
            ]
        ),
        migrations.RunPython(split, join),
        migrations.AddConstraint(
            "yearlyvalue",
            models.CheckConstraint(
                condition=models.Q(("qualifier__in", [code for code, _label in CHOICES])),
                name="yearlyvalue_qualifier_known",
            ),
        ),
    ]
