import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0002_indicators_and_estimates'),
        ('assessment', '0003_weights'),
    ]

    operations = [
        migrations.RemoveField(model_name='runround', name='weights'),
        migrations.AddField(
            model_name='runround',
            name='weights',
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='runs',
                to='assessment.weightset',
            ),
        ),
        migrations.AddField(
            model_name='runround',
            name='weights_fingerprint',
            field=models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the weights'),
        ),
        migrations.AddField(
            model_name='run',
            name='inputs',
            field=models.JSONField(default=dict, verbose_name='fingerprints of indicators and groups'),
        ),
        migrations.RemoveField(model_name='estimate', name='n_missing'),
        migrations.AddField(
            model_name='estimate',
            name='missing',
            field=models.FloatField(null=True, verbose_name='share without an answer to it'),
        ),
        migrations.AddField(
            model_name='estimate',
            name='alpha',
            field=models.FloatField(null=True, verbose_name='reliability of an index'),
        ),
        migrations.AddField(
            model_name='estimate',
            name='kind',
            field=models.CharField(blank=True, max_length=12, verbose_name='kind of number'),
        ),
        migrations.AlterField(
            model_name='estimate',
            name='key',
            field=models.CharField(blank=True, max_length=600, verbose_name='groups, as one text'),
        ),
    ]
