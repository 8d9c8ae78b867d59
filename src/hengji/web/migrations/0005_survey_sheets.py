from django.db import migrations, models

import hengji.web.models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0004_event_dossier"),
    ]

    operations = [
        migrations.RemoveField(model_name="surveylink", name="once"),
        migrations.AddField(
            model_name="surveylink",
            name="kind",
            field=models.CharField(
                choices=[("人人可答", "Open"), ("一人一答", "Once"), ("纸质问卷", "Paper")],
                default="人人可答",
                max_length=8,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="sheet",
            field=models.CharField(default=hengji.web.models.new_key, max_length=32, verbose_name="卷号"),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(fields=("link", "sheet"), name="one_answer_a_sheet"),
        ),
    ]
