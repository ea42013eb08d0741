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
    ]
