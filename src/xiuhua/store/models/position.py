"""Where those on shift are: one row a person while the shift lasts, the last place only. No track is ever kept."""

from django.db import models


class PositionRow(models.Model):
    """`at` and the place are empty until the app has said where it is."""

    person = models.CharField(max_length=150, unique=True)
    post = models.CharField(max_length=40)
    organisation = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    at = models.DateTimeField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)

    class Meta:
        db_table = "position"
        indexes = [models.Index(fields=["at"], name="position_at")]

    def __str__(self) -> str:
        return self.person
