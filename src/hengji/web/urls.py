"""Every address of the workbench."""

from __future__ import annotations

from django.urls import include, path

from hengji.web.screens import dossiers, files, health, history, home

DOSSIER = [
    path("", home.home, name="home"),
    path("history/", history.history, name="history"),
    path("history/<str:digest>/", history.revision, name="revision"),
    path("history/<str:digest>/restore/", history.restore_revision, name="restore"),
    path("export/", files.export, name="export"),
]
"""Below d/<key>/: every view is called with the dossier that its door has let the person into."""

urlpatterns = [
    path("", dossiers.dossiers, name="dossiers"),
    path("new/", dossiers.begin, name="begin"),
    path("d/<str:key>/", include(DOSSIER)),
    path("account/", include("allauth.urls")),
    path("health/", health.health, name="health"),
]
