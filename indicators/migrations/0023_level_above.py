"""An indicator is reported by the units or by the level above, whatever these are.

What was the districts' is the units', what was the city's the level's above. The rows that the
seeds remember and the proposals that wait say so as well. No figure and no result is touched.
"""

import json

from django.db import migrations, models

NOW = {"district": "units", "city": "above"}
BEFORE = {now: before for before, now in NOW.items()}
LEVELS = [
    ("nation", "Nation"),
    ("province", "Province"),
    ("city", "City"),
    ("city_own", "City's own part"),
    ("district", "District"),
    ("county", "County"),
    ("autonomous_county", "Autonomous county"),
    ("county_level_city", "County-level city"),
    ("functional_zone", "Development zone"),
    ("school", "School"),
]


def renamed(names):
    def rename(apps, schema_editor):
        Indicator = apps.get_model("indicators", "Indicator")
        for old, new in names.items():
            Indicator.objects.filter(reporting_level=old).update(reporting_level=new)
        SeedRecord = apps.get_model("indicators", "SeedRecord")
        records = list(SeedRecord.objects.filter(table="indicators"))
        for record in records:
            level = record.row.get("reporting_level")
            record.row["reporting_level"] = names.get(level, level)
        SeedRecord.objects.bulk_update(records, ["row"], batch_size=500)
        Proposal = apps.get_model("indicators", "CatalogueProposal")
        for proposal in Proposal.objects.filter(content__contains='"reporting_level"'):
            rows = json.loads(proposal.content)
            for row in rows:
                level = row["fields"].get("reporting_level")
                row["fields"]["reporting_level"] = names.get(level, level)
            proposal.content = json.dumps(rows, ensure_ascii=False)
            proposal.save(update_fields=["content"])

    return rename


def known(codes):
    return models.CheckConstraint(
        condition=models.Q(reporting_level__in=list(codes)), name="indicator_reporting_level_known"
    )


class Migration(migrations.Migration):
    dependencies = [("indicators", "0022_examination_follows")]

    operations = [
        migrations.AlterField(
            "jurisdiction",
            "level",
            models.CharField(choices=LEVELS, max_length=20, verbose_name="level"),
        ),
        migrations.RemoveConstraint("indicator", "indicator_reporting_level_known"),
        migrations.AlterField(
            "indicator",
            "reporting_level",
            models.CharField(
                choices=[
                    ("units", "The units and the level above"),
                    ("above", "The level above only"),
                ],
                default="units",
                max_length=10,
                verbose_name="reporting level",
            ),
        ),
        migrations.RunPython(renamed(NOW), renamed(BEFORE)),
        migrations.AddConstraint("indicator", known(BEFORE)),
    ]
