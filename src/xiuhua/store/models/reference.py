"""The district's data as it was loaded: numbered editions of the pack's files. Nothing is edited in place."""

from django.db import models


class ReferenceRow(models.Model):
    """One edition of the district pack; the last one is in force."""

    edition = models.AutoField(primary_key=True)
    at = models.DateTimeField()
    person = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "reference"

    def __str__(self) -> str:
        return f"edition {self.edition}"


class ReferenceFileRow(models.Model):
    reference = models.ForeignKey(ReferenceRow, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        db_table = "reference_file"
        constraints = [models.UniqueConstraint(fields=["reference", "name"], name="reference_file_once")]

    def __str__(self) -> str:
        return self.name
