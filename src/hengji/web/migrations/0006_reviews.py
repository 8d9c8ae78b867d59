import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hengji.web.models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0005_survey_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=hengji.web.models.new_key, editable=False, max_length=32, unique=True),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("content", models.CharField(max_length=64, verbose_name="内容")),
                ("profile", models.CharField(max_length=60, verbose_name="评价规范")),
                ("quality", models.CharField(max_length=60, verbose_name="质量考核表")),
                ("sent", models.DateTimeField(auto_now_add=True)),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submissions",
                        to="web.job",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="web.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-sent"]},
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finding", models.CharField(max_length=64)),
                ("adopted", models.BooleanField(verbose_name="采纳")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("when", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="web.submission"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "finding"), name="one_ruling_a_finding"),
                ]
            },
        ),
    ]
