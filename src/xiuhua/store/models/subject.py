"""Where each subject stands now. Everything here can be made again from its transitions (`xiuhua rebuild`)."""

from django.db import models


class SubjectRow(models.Model):
    """One case, or one subject of any other register.

    `body` is the snapshot, `head` the digest of its last transition; the other columns are for lists.

    `next_at` is when the sweep has to look again: the next warning, due moment or silent move.
    """

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    version = models.IntegerField()
    stage = models.CharField(max_length=40)
    is_open = models.BooleanField()
    body = models.TextField()
    head = models.CharField(max_length=64)
    channel = models.CharField(max_length=40, default="")
    class_key = models.CharField(max_length=120, default="")
    unit = models.CharField(max_length=40, default="")
    grid = models.CharField(max_length=40, default="")
    responsibility_grid = models.CharField(max_length=40, default="")
    street = models.CharField(max_length=40, default="")
    place_text = models.CharField(max_length=400, default="")
    reporter = models.CharField(max_length=150, default="")
    assignee = models.CharField(max_length=150, default="")
    photo = models.CharField(max_length=32, default="")
    flags = models.CharField(max_length=120, default="")
    external = models.CharField(max_length=120, default="")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "subject"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="subject_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="subject_version"),
        ]
        indexes = [
            models.Index(fields=["kind", "opened_at", "number"], name="subject_opened"),
            models.Index(fields=["kind", "is_open", "opened_at", "number"], name="subject_open"),
            models.Index(fields=["kind", "stage", "opened_at", "number"], name="subject_stage"),
            models.Index(fields=["kind", "unit", "opened_at", "number"], name="subject_unit"),
            models.Index(fields=["kind", "responsibility_grid", "opened_at"], name="subject_grid"),
            models.Index(fields=["kind", "class_key", "opened_at"], name="subject_class"),
            models.Index(fields=["external"], name="subject_external", condition=~models.Q(external="")),
            models.Index(fields=["due_at"], name="subject_due", condition=models.Q(due_at__isnull=False)),
            models.Index(
                fields=["assignee", "opened_at"], name="subject_assignee", condition=~models.Q(assignee="")
            ),
            models.Index(fields=["reporter", "opened_at"], name="subject_reporter"),
            # counts of what is open need no look at the rows
            models.Index(
                fields=["kind", "stage", "due_at", "warn_at"], name="subject_counted", condition=models.Q(is_open=True)
            ),
            # read by store.nearby only
            models.Index(fields=["cell"], name="subject_cell", condition=models.Q(is_open=True)),
            # read by jobs.sweep only
            models.Index(fields=["next_at"], name="subject_next", condition=models.Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class TermRow(models.Model):
    """Single characters and bigrams of a subject's words, so that short Chinese words are found on any database."""

    pk = models.CompositePrimaryKey("term", "subject_id")
    term = models.CharField(max_length=2)
    subject_id = models.BigIntegerField()

    class Meta:
        db_table = "term"

    def __str__(self) -> str:
        return f"{self.term} {self.subject_id}"
