from django.db import migrations


class Migration(migrations.Migration):
    """The column that counts the units with a figure has a name that says so."""

    dependencies = [("indicators", "0004_notice_due")]

    operations = [
        migrations.RenameField("yearlyresult", "told", "counted"),
    ]
