"""A report and the figures of a problem are carried over to the next unit; a unit is told that it
is asked no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0049_correction_otherwise'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='problemevent',
            name='problemevent_act_known',
        ),
        migrations.RemoveConstraint(
            model_name='reportevent',
            name='reportevent_act_known',
        ),
        migrations.AlterField(
            model_name='mutednotice',
            name='kind',
            field=models.CharField(choices=[('opened', 'A round was opened'), ('due_soon', 'Due soon'), ('overdue', 'Overdue'), ('to_check', 'Handed over for checking'), ('submitted', 'Submitted, waits for review'), ('taken_back', 'Taken back'), ('returned', 'Returned'), ('approved', 'Approved'), ('extended', 'Extended'), ('reopened', 'Reopened'), ('asked', 'A question was asked'), ('answered', 'A question was answered'), ('added', 'More figures are asked'), ('carried', 'Carried over to another unit'), ('dropped', 'Asked no longer')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('opened', 'A round was opened'), ('due_soon', 'Due soon'), ('overdue', 'Overdue'), ('to_check', 'Handed over for checking'), ('submitted', 'Submitted, waits for review'), ('taken_back', 'Taken back'), ('returned', 'Returned'), ('approved', 'Approved'), ('extended', 'Extended'), ('reopened', 'Reopened'), ('asked', 'A question was asked'), ('answered', 'A question was answered'), ('added', 'More figures are asked'), ('carried', 'Carried over to another unit'), ('dropped', 'Asked no longer')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='problemevent',
            name='act',
            field=models.CharField(choices=[('raise', 'Raise'), ('edit', 'Edit'), ('add', 'Add a measure'), ('start', 'Start'), ('note', 'Note progress'), ('document', 'Name a document'), ('hand_in', 'Hand in for acceptance'), ('accept', 'Accept'), ('send_back', 'Send back'), ('reopen', 'Take up again'), ('relapse', 'Relapse'), ('carry', 'Figures go on in the next unit')], max_length=10, verbose_name='act'),
        ),
        migrations.AlterField(
            model_name='reportevent',
            name='act',
            field=models.CharField(choices=[('write', 'Write'), ('submit', 'Submit'), ('return', 'Return'), ('approve', 'Approve'), ('freeze', 'Freeze as an edition'), ('reopen', 'Reopen'), ('carry', 'Carry over from the unit before')], max_length=10, verbose_name='act'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'due_soon', 'overdue', 'to_check', 'submitted', 'taken_back', 'returned', 'approved', 'extended', 'reopened', 'asked', 'answered', 'added', 'carried', 'dropped'])), name='notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='problemevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['raise', 'edit', 'add', 'start', 'note', 'document', 'hand_in', 'accept', 'send_back', 'reopen', 'relapse', 'carry'])), name='problemevent_act_known'),
        ),
        migrations.AddConstraint(
            model_name='reportevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['write', 'submit', 'return', 'approve', 'freeze', 'reopen', 'carry'])), name='reportevent_act_known'),
        ),
    ]
