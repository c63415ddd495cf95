"""In which unit, and of which kind of period, a corrected figure was, where that was another."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0048_bound_figures_unit_word'),
    ]

    operations = [
        migrations.AddField(
            model_name='correction',
            name='unit',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='correction',
            name='period_kind',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
