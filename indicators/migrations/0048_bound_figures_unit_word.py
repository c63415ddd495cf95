"""What a text counts in where it is not the display unit of the figure: 名, 万元."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0047_release_most_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='boundfigure',
            name='unit_word',
            field=models.CharField(blank=True, db_default='', default='', max_length=10, verbose_name='unit word'),
        ),
    ]
