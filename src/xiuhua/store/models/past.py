"""The past: transitions, the texts beside them, and the seals over them. The database refuses to change them."""

from django.db import models


class TransitionRow(models.Model):
    """One transition. `body` is what was hashed; the columns repeat parts of it for queries, and `verify` compares."""

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    sequence = models.IntegerField()
    move = models.CharField(max_length=60)
    stage_from = models.CharField(max_length=40, default="")
    stage_to = models.CharField(max_length=40, default="")
    person = models.CharField(max_length=150)
    post = models.CharField(max_length=40)
    organisation = models.CharField(max_length=40, default="")
    came = models.DateTimeField()
    at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    in_time = models.BooleanField(null=True)
    round = models.IntegerField()
    unit = models.CharField(max_length=40, default="")
    body = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "transition"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "sequence"], name="transition_once"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="transition_sequence"),
        ]
        indexes = [
            # rulings become precedents; read when the district's rules are loaded
            models.Index(fields=["at"], name="transition_rulings", condition=models.Q(move="rule")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.sequence} {self.move}"


class TextRow(models.Model):
    """Words about persons, beside their transition, which holds sha256(salt, text). Erasing empties `text`."""

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    sequence = models.IntegerField()
    field = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    text = models.TextField(null=True)  # noqa: DJ001 - NULL says erased, empty would be a text
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "text"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "sequence", "field"], name="text_once"),
            models.CheckConstraint(
                condition=models.Q(text__isnull=False) | models.Q(erased_at__isnull=False),
                name="text_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.sequence} {self.field}"


class SealRow(models.Model):
    """A batch of transitions, sealed: `digest` covers their ordered digests and the previous seal.

    `members` is a JSON list of (id, kind, number, sequence, first digits of the digest), `high` the largest id.
    `low`: every transition with an id up to it lies in a seal; later commits with ids below `high` fall into the
    next seal.
    """

    number = models.IntegerField(primary_key=True)
    at = models.DateTimeField()
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    members = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "seal"

    def __str__(self) -> str:
        return f"seal {self.number}"
