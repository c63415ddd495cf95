"""What somebody asks of the custom table is kept under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0044_boundaries'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('query', models.CharField(max_length=3000, verbose_name='question')),
                ('is_pinned', models.BooleanField(default=False, verbose_name='pinned to the first page')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_questions', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'saved question',
                'verbose_name_plural': 'saved questions',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='savedquestion_unique')],
            },
        ),
    ]
