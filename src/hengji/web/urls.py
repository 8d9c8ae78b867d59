"""Every address of the workbench."""

from __future__ import annotations

from django.urls import include, path

from hengji.web.screens import (
    audit,
    dossiers,
    evidence,
    figures,
    files,
    findings,
    health,
    history,
    home,
    invitations,
    jobs,
    members,
    papers,
    report,
    scoring,
    source,
)

DOSSIER = [
    path("", home.home, name="home"),
    path("scoring/", scoring.scoring, name="scoring"),
    path("scoring/<str:indicator>/", scoring.judge, name="judge"),
    path("papers/<str:indicator>/", papers.paper, name="paper"),
    path("evidence/<str:piece>/", evidence.evidence, name="evidence"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<path:figure>/", figures.trace, name="trace"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<str:problem>/", findings.problem, name="problem"),
    path("findings/<str:problem>/rectify/", findings.rectify, name="rectify"),
    path("report/", report.report, name="report"),
    path("report/preview/", report.preview, name="preview"),
    path("report/<int:number>/<str:suffix>/", report.report_file, name="report_file"),
    path("source/<path:path>/", source.source, name="source"),
    path("history/", history.history, name="history"),
    path("history/<str:digest>/", history.revision, name="revision"),
    path("history/<str:digest>/restore/", history.restore_revision, name="restore"),
    path("export/", files.export, name="export"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/invitations/<int:number>/revoke/", members.revoke, name="revoke_invitation"),
    path("members/<int:number>/role/", members.change_role, name="change_role"),
    path("members/<int:number>/remove/", members.remove, name="remove_member"),
    path("audit/", audit.audit, name="audit"),
    path("audit/file/", audit.audit_file, name="audit_file"),
]
"""Below d/<key>/: every view is called with the dossier that its door has let the person into."""

urlpatterns = [
    path("", dossiers.dossiers, name="dossiers"),
    path("new/", dossiers.begin, name="begin"),
    path("d/<str:key>/", include(DOSSIER)),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:number>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("invitations/<str:secret>/", invitations.take, name="invitation"),
    path("audit/", audit.audit_all, name="audit_all"),
    path("audit/file/", audit.audit_all_file, name="audit_all_file"),
    path("account/", include("hengji.web.account_urls")),
    path("health/", health.health, name="health"),
]
