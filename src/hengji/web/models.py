"""The database: few tables, and no verbs. What an evaluation is stands in the files of a revision; tables only find it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.models import AbstractUser
from django.db import models

from hengji.model import revision as chain
from hengji.web.jobs_states import State
from hengji.web.roles import Role


class OrganisationKind(models.TextChoices):
    """机构种类."""

    FINANCE = "财政部门"
    DEPARTMENT = "主管部门"
    EVALUATOR = "评价机构"
    INSTITUTION = "补助对象"


class Organisation(models.Model):
    """单位: whom people belong to."""

    name = models.CharField("名称", max_length=120, unique=True)
    kind = models.CharField("种类", max_length=8, choices=OrganisationKind)

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """人员: an account; ``title`` is how they stand in a dossier when nothing else says so."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="people")
    title = models.CharField("职务", max_length=40, blank=True)

    def __str__(self) -> str:
        return self.get_full_name() or self.username


def new_key() -> str:
    """A name for an address that nobody can guess."""
    return uuid4().hex


class Dossier(models.Model):
    """档案: finds the newest revision. ``name`` … ``deadline`` are a projection of it, for lists; they are rebuilt, never edited."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    head = models.CharField("当前版本", max_length=64, blank=True)
    name = models.CharField("名称", max_length=200, blank=True)
    kind = models.CharField("类型", max_length=8, blank=True)
    year = models.IntegerField("年度", null=True)
    score = models.DecimalField("得分", max_digits=7, decimal_places=2, null=True)
    grade = models.CharField("等级", max_length=10, blank=True)
    errors = models.IntegerField("错误", default=0)
    warnings = models.IntegerField("警告", default=0)
    deadline = models.DateField("完成期限", null=True)
    changed = models.DateTimeField("最近修改", auto_now=True)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """成员: a person's role in a dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=8, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "person"], name="one_role_a_dossier")]


class Blob(models.Model):
    """文件内容, by its SHA-256; never changed, never deleted."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()


class StoredRevision(models.Model):
    """版本, as it was committed. ``number`` counts within the dossier from 1."""

    digest = models.CharField(max_length=64, primary_key=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    parent = models.CharField(max_length=64, blank=True)
    manifest = models.JSONField()
    who = models.CharField(max_length=150)
    when = models.DateTimeField()
    why = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_revision_a_number"),
            models.UniqueConstraint(fields=["dossier", "parent"], name="one_revision_after_each"),
        ]

    @property
    def revision(self) -> chain.Revision:
        """What its digest stands for."""
        return chain.Revision(self.parent, self.manifest, self.who, self.when, self.why)


class Projection(models.Model):
    """投影: what was computed from a revision for one kind of screen, so that it need not be computed again."""

    revision = models.ForeignKey(StoredRevision, models.CASCADE, related_name="projections")
    name = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "name"], name="one_projection_a_name")]


class Comment(models.Model):
    """意见: about a place in a dossier; ``answer`` and ``adopted`` make the reply table of 征求意见."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="comments")
    place = models.CharField("位置", max_length=200)
    text = models.TextField("意见")
    author = models.ForeignKey(Person, models.PROTECT, related_name="comments")
    written = models.DateTimeField(auto_now_add=True)
    answer = models.TextField("答复", blank=True)
    adopted = models.BooleanField("采纳", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="answers")
    answered = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written"]


class Invitation(models.Model):
    """邀请: whoever holds the address may take the role, once, until it expires. Only the hash of the secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=8, choices=[(role.value, role.value) for role in Role])
    invited_by = models.ForeignKey(Person, models.CASCADE)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class Job(models.Model):
    """作业: long work with its progress; whoever restarts the workbench goes on with what was waiting or broken off."""

    kind = models.CharField(max_length=40)
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, related_name="jobs")
    person = models.ForeignKey(Person, models.CASCADE)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in State], default=State.WAITING.value)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    doing = models.CharField(max_length=120, blank=True)
    failure = models.TextField(blank=True)
    result = models.JSONField(null=True)
    cancelled = models.BooleanField(default=False)
    beat = models.DateTimeField(null=True)
    asked = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-asked"]


class Submission(models.Model):
    """送审报告: a report that somebody else wrote, to be reviewed; ``job`` is the newest review of it."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="submissions")
    name = models.CharField("文件名", max_length=200)
    content = models.CharField("内容", max_length=64)
    profile = models.CharField("评价规范", max_length=60)
    quality = models.CharField("质量考核表", max_length=60)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="submissions")
    sent = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent"]

    def __str__(self) -> str:
        return self.name


class Ruling(models.Model):
    """裁定: whether a finding about a submission is adopted or dismissed, and why; ``finding`` is its fingerprint."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="rulings")
    finding = models.CharField(max_length=64)
    adopted = models.BooleanField("采纳")
    reason = models.TextField("理由", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="rulings")
    when = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "finding"], name="one_ruling_a_finding")]


class Token(models.Model):
    """接口令牌: acts for a person, in the scope that it names; only the hash of the secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField("名称", max_length=60)
    scope = models.CharField("范围", max_length=8)
    made = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True)
    expires = models.DateTimeField()


class LinkKind(models.TextChoices):
    """问卷链接种类: any number of answers, one answer, or no address at all, for sheets that were filled on paper."""

    OPEN = "人人可答"
    ONCE = "一人一答"
    PAPER = "纸质问卷"


class SurveyLink(models.Model):
    """问卷链接: a public address of one questionnaire of a dossier."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="survey_links")
    survey = models.CharField(max_length=60)
    kind = models.CharField("种类", max_length=8, choices=LinkKind, default=LinkKind.OPEN)
    open = models.BooleanField("开放", default=True)
    made = models.DateTimeField(auto_now_add=True)


class SurveyAnswer(models.Model):
    """答卷: as it was given; taken into the dossier by a commit, never changed.

    ``sheet`` is the number on the paper, or a name that the form was given with; what is sent twice is kept once.
    """

    link = models.ForeignKey(SurveyLink, models.PROTECT, related_name="answers")
    sheet = models.CharField("卷号", max_length=32, default=new_key)
    answers = models.JSONField()
    given = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True)
    taken = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "sheet"], name="one_answer_a_sheet")]


class Event(models.Model):
    """审计日志: who did what when, chained by hash like revisions. ``dossier`` is a key, and stays when the dossier goes."""

    number = models.BigIntegerField(unique=True)
    parent = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    when = models.DateTimeField()
    who = models.CharField(max_length=150)
    address = models.CharField(max_length=45, blank=True)
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    dossier = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        ordering = ["number"]
