"""Each unit has its way from the top as a path, by which what lies below it is found."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """From the topmost units down; the triggers, which keep it, are off meanwhile."""
    Jurisdiction = apps.get_model("indicators", "Jurisdiction")
    units = {unit.pk: unit for unit in Jurisdiction.objects.all()}
    for unit in units.values():
        steps = []
        above = unit
        while above is not None and above.pk not in steps:
            steps.append(above.pk)
            above = units.get(above.parent_id)
        unit.path = "".join(f"{pk}." for pk in reversed(steps))
    Jurisdiction.objects.bulk_update(units.values(), ["path"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0018_asked_years'),
    ]

    operations = [
        migrations.AddField(
            model_name='jurisdiction',
            name='path',
            field=models.CharField(db_index=True, default='', editable=False, max_length=200),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
