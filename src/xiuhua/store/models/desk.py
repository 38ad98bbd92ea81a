"""What is still to be done or must not be done twice: outbox, idempotency keys, counters."""

from django.db import models


class OutboxRow(models.Model):
    """One effect on one recipient, written in the transaction that caused it; `jobs` delivers it.

    Delivered rows of the way "in-app" are the recipient's inbox.
    """

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    sequence = models.IntegerField()
    topic = models.CharField(max_length=60)
    recipient = models.CharField(max_length=200)
    way = models.CharField(max_length=20, default="in-app")
    at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "sequence", "topic", "recipient", "way"], name="outbox_once"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="outbox_waiting", condition=models.Q(delivered_at__isnull=True)),
            models.Index(fields=["recipient", "-id"], name="outbox_recipient"),
            models.Index(
                fields=["recipient", "-id"], name="outbox_unread",
                condition=models.Q(delivered_at__isnull=False, read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.number} to {self.recipient}"


class KeyRow(models.Model):
    """An idempotency key of one person, with the digest of what was asked and the first answer."""

    person = models.CharField(max_length=150)
    key = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    sequence = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "key"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="key_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.key}"


class CounterRow(models.Model):
    """The last number given, by series (a division and a day)."""

    series = models.CharField(max_length=60, primary_key=True)
    value = models.IntegerField()

    class Meta:
        db_table = "counter"

    def __str__(self) -> str:
        return f"{self.series} {self.value}"
