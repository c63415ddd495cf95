"""What somebody pins to a figure."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0045_saved_questions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Annotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('text', models.CharField(blank=True, max_length=1000, verbose_name='text')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.jurisdiction')),
                ('takes_back', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='indicators.annotation')),
            ],
            options={
                'verbose_name': 'annotation',
                'verbose_name_plural': 'annotations',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['indicator', 'jurisdiction', 'year'], name='annotation_of_figure')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('takes_back__isnull', True), models.Q(('text', ''), _negated=True)), models.Q(('takes_back__isnull', False), ('text', '')), _connector='OR'), name='annotation_says_or_takes_back')],
            },
        ),
    ]
