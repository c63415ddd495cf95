"""A brief that somebody takes along is kept among the exports."""

from django.db import migrations, models

KINDS = {
    "figures": "Figures, one a row",
    "summary": "Summary tables",
    "package": "Data package",
    "problems": "Problems",
    "overview": "Overview",
    "progress": "Progress of a round",
    "confirmation": "Confirmation",
    "report": "Edition of a report",
    "brief": "Brief",
    "table": "Table of a page",
}


class Migration(migrations.Migration):
    dependencies = [("indicators", "0042_demonstration_targets")]
    operations = [
        migrations.RemoveConstraint("export", "export_kind_known"),
        migrations.AlterField(
            "export",
            "kind",
            models.CharField("kind", max_length=20, choices=list(KINDS.items())),
        ),
        migrations.AddConstraint(
            "export",
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="export_kind_known"),
        ),
    ]
