"""Photos: the bytes lie outside the database under their digest; here is what is known of them."""

from django.db import models


class PhotoRow(models.Model):
    """`received` is the digest of the bytes as they came, `stored` of the copy without metadata that is kept."""

    id = models.CharField(max_length=32, primary_key=True)
    received = models.CharField(max_length=64)
    stored = models.CharField(max_length=64)
    size = models.IntegerField()
    width = models.IntegerField()
    height = models.IntegerField()
    person = models.CharField(max_length=150)
    organisation = models.CharField(max_length=40, default="")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40, default="")
    number = models.CharField(max_length=60, default="")
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=150, default="")

    class Meta:
        db_table = "photo"
        indexes = [
            models.Index(fields=["kind", "number"], name="photo_subject"),
            models.Index(fields=["received"], name="photo_received"),
        ]

    def __str__(self) -> str:
        return self.id


class PhotoMetaRow(models.Model):
    """What the camera wrote: restricted, because it can tell who stood where."""

    photo = models.OneToOneField(PhotoRow, on_delete=models.PROTECT, primary_key=True)
    taken_at = models.DateTimeField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    camera = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "photo_meta"

    def __str__(self) -> str:
        return self.photo_id
