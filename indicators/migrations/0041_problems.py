
import django.db.models.deletion
import indicators.models.numbers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0040_indicator_aliases'),
    ]

    operations = [
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comparator', models.CharField(choices=[('ge', '≥'), ('gt', '>'), ('le', '≤'), ('lt', '<'), ('eq', '='), ('all', 'full coverage')], max_length=3, verbose_name='comparator')),
                ('value', indicators.models.numbers.ExactNumberField(blank=True, null=True, verbose_name='value')),
                ('from_year', models.PositiveSmallIntegerField(verbose_name='from year')),
                ('held', models.BooleanField(default=False, verbose_name='held when accepted')),
            ],
            options={
                'verbose_name': 'figure that shows a problem solved',
                'verbose_name_plural': 'figures that show problems solved',
                'ordering': ['problem', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=100, verbose_name='what is to be done')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='description')),
                ('department', models.CharField(blank=True, max_length=60, verbose_name='responsible department')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='deadline')),
                ('report_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='begins in the report at')),
                ('report_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='ends in the report at')),
                ('state', models.CharField(choices=[('open', 'Open'), ('under_way', 'Under way'), ('handed_in', 'Handed in'), ('sent_back', 'Sent back'), ('accepted', 'Accepted'), ('relapsed', 'Relapsed')], default='open', max_length=10, verbose_name='state')),
                ('answered', models.BooleanField(default=False, verbose_name='answered')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'ordering': ['problem', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='number of the problem')),
                ('group_title', models.CharField(blank=True, max_length=60, verbose_name='group')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='description')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year raised')),
                ('source', models.CharField(choices=[('report', 'Self-evaluation report'), ('target', 'Missed target'), ('finding', 'Finding of a rule'), ('review', 'Review'), ('other', 'Other')], default='other', max_length=10, verbose_name='source')),
                ('figure_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the figure')),
                ('report_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='begins in the report at')),
                ('report_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='ends in the report at')),
                ('state', models.CharField(choices=[('open', 'Open'), ('under_way', 'Under way'), ('handed_in', 'Handed in'), ('sent_back', 'Sent back'), ('accepted', 'Accepted'), ('relapsed', 'Relapsed')], default='open', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
            ],
            options={
                'verbose_name': 'problem',
                'verbose_name_plural': 'problems',
                'ordering': ['-year', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ProblemDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title of the document')),
                ('issued_by', models.CharField(blank=True, max_length=100, verbose_name='issuing body')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number of the document')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='date')),
            ],
            options={
                'verbose_name': 'document of a problem',
                'verbose_name_plural': 'documents of problems',
                'ordering': ['problem', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProblemEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('raise', 'Raise'), ('edit', 'Edit'), ('add', 'Add a measure'), ('start', 'Start'), ('note', 'Note progress'), ('document', 'Name a document'), ('hand_in', 'Hand in for acceptance'), ('accept', 'Accept'), ('send_back', 'Send back'), ('reopen', 'Take up again'), ('relapse', 'Relapse')], max_length=10, verbose_name='act')),
                ('from_state', models.CharField(blank=True, choices=[('open', 'Open'), ('under_way', 'Under way'), ('handed_in', 'Handed in'), ('sent_back', 'Sent back'), ('accepted', 'Accepted'), ('relapsed', 'Relapsed')], max_length=10, verbose_name='from')),
                ('to_state', models.CharField(choices=[('open', 'Open'), ('under_way', 'Under way'), ('handed_in', 'Handed in'), ('sent_back', 'Sent back'), ('accepted', 'Accepted'), ('relapsed', 'Relapsed')], max_length=10, verbose_name='to')),
            ],
            options={
                'verbose_name': 'event of a problem',
                'verbose_name_plural': 'events of problems',
                'ordering': ['problem', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='export',
            name='export_kind_known',
        ),
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('figures', 'Figures, one a row'), ('summary', 'Summary tables'), ('package', 'Data package'), ('problems', 'Problems'), ('overview', 'Overview'), ('progress', 'Progress of a round'), ('confirmation', 'Confirmation'), ('report', 'Edition of a report'), ('table', 'Table of a page')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['figures', 'summary', 'package', 'problems', 'overview', 'progress', 'confirmation', 'report', 'table'])), name='export_kind_known'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator', verbose_name='indicator'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='jurisdiction',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.jurisdiction', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='measure',
            name='passed_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_down', to='indicators.measure', verbose_name='passed down from'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='indicators.jurisdiction', verbose_name='responsible unit'),
        ),
        migrations.AddField(
            model_name='problem',
            name='duty_area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='indicators.dutyarea', verbose_name='duty area'),
        ),
        migrations.AddField(
            model_name='problem',
            name='indicator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator', verbose_name='raised from the figure'),
        ),
        migrations.AddField(
            model_name='problem',
            name='jurisdiction',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='indicators.jurisdiction', verbose_name='concerns'),
        ),
        migrations.AddField(
            model_name='problem',
            name='rule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.rule', verbose_name='rule'),
        ),
        migrations.AddField(
            model_name='measure',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='indicators.problem'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='indicators.problem'),
        ),
        migrations.AddField(
            model_name='problemdocument',
            name='change',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.change'),
        ),
        migrations.AddField(
            model_name='problemdocument',
            name='measure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='indicators.measure'),
        ),
        migrations.AddField(
            model_name='problemdocument',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='indicators.problem'),
        ),
        migrations.AddField(
            model_name='problemevent',
            name='change',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='problem_events', to='indicators.change'),
        ),
        migrations.AddField(
            model_name='problemevent',
            name='measure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='indicators.measure'),
        ),
        migrations.AddField(
            model_name='problemevent',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='indicators.problem'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'under_way', 'handed_in', 'sent_back', 'accepted', 'relapsed'])), name='problem_state_known'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['report', 'target', 'finding', 'review', 'other'])), name='problem_source_known'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('report_end__isnull', True), ('report_start__isnull', True)), models.Q(('report_end__gt', models.F('report_start')), ('report_end__isnull', False), ('report_start__isnull', False)), _connector='OR'), name='problem_place_in_order'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'report'), _negated=True), ('report_start__isnull', False), _connector='OR'), name='problem_of_report_has_place'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('figure_year__isnull', True), ('indicator__isnull', False), _connector='OR'), name='problem_year_is_of_a_figure'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('problem', 'number'), name='measure_unique'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'under_way', 'handed_in', 'sent_back', 'accepted', 'relapsed'])), name='measure_state_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'relapsed'), _negated=True), name='measure_does_not_relapse'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('report_end__isnull', True), ('report_start__isnull', True)), models.Q(('report_end__gt', models.F('report_start')), ('report_end__isnull', False), ('report_start__isnull', False)), _connector='OR'), name='measure_place_in_order'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('problem', 'indicator', 'jurisdiction'), name='criterion_unique'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('comparator__in', ['ge', 'gt', 'le', 'lt', 'eq', 'all'])), name='criterion_comparator_known'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comparator', 'all'), ('value__isnull', True)), models.Q(models.Q(('comparator', 'all'), _negated=True), ('value__isnull', False)), _connector='OR'), name='criterion_has_a_value'),
        ),
        migrations.AddConstraint(
            model_name='problemdocument',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='problemdocument_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='problemevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['raise', 'edit', 'add', 'start', 'note', 'document', 'hand_in', 'accept', 'send_back', 'reopen', 'relapse'])), name='problemevent_act_known'),
        ),
        migrations.AddConstraint(
            model_name='problemevent',
            constraint=models.CheckConstraint(condition=models.Q(('to_state__in', ['open', 'under_way', 'handed_in', 'sent_back', 'accepted', 'relapsed'])), name='problemevent_to_state_known'),
        ),
    ]
