"""Standings and values refer to their change and version without keys that prove nothing twice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0013_taking_back'),
    ]

    operations = [
        migrations.AlterField(
            model_name='standing',
            name='change',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='indicators.change'),
        ),
        migrations.AlterField(
            model_name='standing',
            name='revision',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='indicators.valuerevision'),
        ),
        migrations.AlterField(
            model_name='yearlyvalue',
            name='change',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.change', verbose_name='change'),
        ),
    ]
