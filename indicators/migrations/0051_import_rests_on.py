"""An import knows what its list rests on; of its rows only those that were taken back are marked."""

from django.db import migrations, models


def mark_taken_back(apps, schema_editor):
    """Rows that were saved once and whose version was forgotten as they were taken back."""
    rows = apps.get_model("indicators", "ImportRow").objects
    done = rows.filter(of_import__done_at__isnull=False, outcome__in=["new", "changed"])
    done.filter(saved_version__isnull=True).update(taken_back=True)


def forget_versions_taken_back(apps, schema_editor):
    rows = apps.get_model("indicators", "ImportRow").objects
    done = rows.filter(of_import__done_at__isnull=False, outcome__in=["new", "changed"])
    done.filter(taken_back=False).update(saved_version=models.F("version") + 1)


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0050_acts_of_carrying_over'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='rests_on',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='importrow',
            name='taken_back',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_taken_back, forget_versions_taken_back, elidable=True),
        migrations.RemoveField(
            model_name='importrow',
            name='saved_version',
        ),
    ]
