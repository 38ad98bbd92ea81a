"""What one installation remembers about itself beside the district's data: a few small JSON values by name."""

from django.db import models


class SettingRow(models.Model):
    name = models.CharField(max_length=60, primary_key=True)
    body = models.TextField()

    class Meta:
        db_table = "setting"

    def __str__(self) -> str:
        return self.name
