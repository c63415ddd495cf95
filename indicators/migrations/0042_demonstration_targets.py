"""A framework can say that its targets are made up for the demonstration.

Back again there is no such basis: a database that holds one is refused by its constraint.
"""

from django.db import migrations, models

BEFORE = ["city_plan", "statute", "national_plan", "county_evaluation"]
NOW = [*BEFORE, "demonstration"]
LABELS = {
    "city_plan": "City plan",
    "statute": "Statute",
    "national_plan": "National plan",
    "county_evaluation": "County evaluation",
    "demonstration": "Demonstration",
}


class Migration(migrations.Migration):
    dependencies = [("indicators", "0041_problems")]
    operations = [
        migrations.RemoveConstraint("framework", "framework_basis_known"),
        migrations.AlterField(
            "framework",
            "basis",
            models.CharField(
                "basis", max_length=20, choices=[(code, LABELS[code]) for code in NOW]
            ),
        ),
        migrations.AddConstraint(
            "framework",
            models.CheckConstraint(
                condition=models.Q(basis__in=NOW), name="framework_basis_known"
            ),
        ),
    ]
