"""The first and the last evaluation year that asks an indicator; of those there are now, all."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("indicators", "0017_jurisdiction_change")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="asked_from",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="The first evaluation year that asks it; empty: from the beginning.",
                null=True,
                verbose_name="first year asked",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="asked_to",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="The last evaluation year that asks it; empty: until further notice.",
                null=True,
                verbose_name="last year asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=Q(asked_from__isnull=True)
                | Q(asked_to__isnull=True)
                | Q(asked_from__lte=F("asked_to")),
                name="indicator_asked_years_in_order",
            ),
        ),
    ]
