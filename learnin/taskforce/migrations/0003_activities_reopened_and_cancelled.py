from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("taskforce", "0002_invitees_and_calendars")]

    operations = [
        migrations.AddField(
            model_name="regionalactivity",
            name="cancelled_because",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="why it was cancelled"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="activitycopy",
            name="reopened_until",
            field=models.DateField(blank=True, null=True, verbose_name="open again until"),
        ),
    ]
