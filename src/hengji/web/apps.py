"""The one Django application."""

from django.apps import AppConfig


class Workbench(AppConfig):
    """衡绩工作台."""

    name = "hengji.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hengji.web.signals import listen

        listen()
