"""Of how many units somebody may have the figures and be told a sum; what was told before that was
kept is told on to people of one unit only."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0046_annotations'),
    ]

    operations = [
        migrations.AddField(
            model_name='release',
            name='most_own',
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name='release',
            name='most_own',
            field=models.PositiveSmallIntegerField(db_default=32767, default=32767),
        ),
    ]
