"""In which unit a person enters the amounts of a duty area's sheets."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

UNITS = [("yuan", "元"), ("wan_yuan", "万元"), ("yi_yuan", "亿元")]


class Migration(migrations.Migration):
    dependencies = [("indicators", "0010_lean_references")]

    operations = [
        migrations.CreateModel(
            name="EntryUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(choices=UNITS, max_length=10)),
                (
                    "duty_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="indicators.dutyarea",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entry_units",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "duty_area"), name="entryunit_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", [code for code, _word in UNITS])),
                        name="entryunit_unit_known",
                    ),
                ]
            },
        ),
    ]
