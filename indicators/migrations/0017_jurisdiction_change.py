"""A change of units says who reports for those that ended, and who recorded it when and why.

Of the changes kept so far the one unit that began reports, where there is one; they were recorded
by nobody in the application.
"""

import django.db.models.deletion
from django.db import migrations, models


def let_the_successor_answer(apps, schema_editor):
    changes = apps.get_model("indicators", "JurisdictionChange").objects
    for change in changes.exclude(kind="transfer").prefetch_related("to_units"):
        began = list(change.to_units.all())
        if len(began) == 1:
            change.answered_by = began[0]
            change.save(update_fields=["answered_by"])


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0016_handing_over'),
    ]

    operations = [
        migrations.AddField(
            model_name='jurisdictionchange',
            name='answered_by',
            field=models.ForeignKey(blank=True, help_text='Whose people enter what is still asked of the units that ended.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_for', to='indicators.jurisdiction', verbose_name='reports for those that ended'),
        ),
        migrations.AddField(
            model_name='jurisdictionchange',
            name='change',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.change'),
        ),
        migrations.RunPython(let_the_successor_answer, migrations.RunPython.noop),
    ]
