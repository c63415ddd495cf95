from django.db import migrations, models

RESULTS = [
    ("signed_in", "Signed in"),
    ("failed", "Failed"),
    ("locked", "Refused: locked"),
    ("signed_out", "Signed out"),
]
ASKED = ("asked_by_mail", "Asked for a new password by e-mail")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0037_export")]

    operations = [
        migrations.RemoveConstraint("signinrecord", "signinrecord_result_known"),
        migrations.AlterField(
            "signinrecord",
            "result",
            models.CharField(
                choices=[*RESULTS, ASKED], max_length=20, verbose_name="result of the sign-in"
            ),
        ),
        migrations.AddConstraint(
            "signinrecord",
            models.CheckConstraint(
                condition=models.Q(
                    ("result__in", ["signed_in", "failed", "locked", "signed_out", "asked_by_mail"])
                ),
                name="signinrecord_result_known",
            ),
        ),
    ]
