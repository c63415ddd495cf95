"""A submission can be taken back, and the city is told."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0012_backfilled'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='submissionevent',
            name='submissionevent_act_known',
        ),
        migrations.AlterField(
            model_name='mutednotice',
            name='kind',
            field=models.CharField(choices=[('opened', 'A round was opened'), ('due_soon', 'Due soon'), ('overdue', 'Overdue'), ('submitted', 'Submitted, waits for review'), ('taken_back', 'Taken back'), ('returned', 'Returned'), ('approved', 'Approved'), ('extended', 'Extended'), ('reopened', 'Reopened'), ('asked', 'A question was asked'), ('answered', 'A question was answered'), ('added', 'More figures are asked')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('opened', 'A round was opened'), ('due_soon', 'Due soon'), ('overdue', 'Overdue'), ('submitted', 'Submitted, waits for review'), ('taken_back', 'Taken back'), ('returned', 'Returned'), ('approved', 'Approved'), ('extended', 'Extended'), ('reopened', 'Reopened'), ('asked', 'A question was asked'), ('answered', 'A question was answered'), ('added', 'More figures are asked')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='submissionevent',
            name='act',
            field=models.CharField(choices=[('open', 'Open the round'), ('enter', 'Enter figures'), ('check', 'Check'), ('submit', 'Submit'), ('take_back', 'Take back'), ('return', 'Return'), ('approve', 'Approve'), ('extend', 'Extend'), ('reopen', 'Reopen'), ('freeze', 'Close the round'), ('unfreeze', 'Reopen the round'), ('add', 'Ask for more figures'), ('drop', 'Ask no longer')], max_length=10, verbose_name='act'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'due_soon', 'overdue', 'submitted', 'taken_back', 'returned', 'approved', 'extended', 'reopened', 'asked', 'answered', 'added'])), name='notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='submissionevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['open', 'enter', 'check', 'submit', 'take_back', 'return', 'approve', 'extend', 'reopen', 'freeze', 'unfreeze', 'add', 'drop'])), name='submissionevent_act_known'),
        ),
    ]
