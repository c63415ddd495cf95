"""A change of units can be proposed as well."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0019_jurisdiction_path'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='catalogueproposal',
            name='catalogueproposal_act_known',
        ),
        migrations.AlterField(
            model_name='catalogueproposal',
            name='act',
            field=models.CharField(choices=[('save', 'Save'), ('delete', 'Delete'), ('change', 'Change of units')], max_length=6, verbose_name='act'),
        ),
        migrations.AddConstraint(
            model_name='catalogueproposal',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['save', 'delete', 'change'])), name='catalogueproposal_act_known'),
        ),
    ]
