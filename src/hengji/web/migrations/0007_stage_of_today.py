from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0006_reviews"),
    ]

    operations = [
        migrations.RemoveField(model_name="dossier", name="stage"),
    ]
