"""The ground as rows: components with their past versions, features of the base map, places with names.

Their boxes are found through `store.boxes`: R*Tree tables on SQLite, GiST on PostgreSQL's own points and boxes.
"""

from django.db import models


class ComponentRow(models.Model):
    """A component as it stands. `version` counts its changes, `survey` names the journal entry of the last one."""

    code = models.CharField(max_length=20, unique=True)
    class_key = models.CharField(max_length=120)
    name = models.CharField(max_length=60)
    longitude = models.FloatField()
    latitude = models.FloatField()
    state = models.CharField(max_length=20)
    accuracy = models.CharField(max_length=1)
    origin = models.CharField(max_length=20)
    recorded = models.DateField()
    changed = models.DateField(null=True)
    competent = models.CharField(max_length=40, default="")
    owner = models.CharField(max_length=40, default="")
    keeper = models.CharField(max_length=40, default="")
    label = models.CharField(max_length=40, default="")
    circuit = models.CharField(max_length=40, default="")
    grid = models.CharField(max_length=40, default="")
    street = models.CharField(max_length=40, default="")
    note = models.TextField(default="")
    version = models.IntegerField(default=1)
    survey = models.CharField(max_length=60)

    class Meta:
        db_table = "component"
        constraints = [models.CheckConstraint(condition=models.Q(version__gte=1), name="component_version")]
        indexes = [
            models.Index(fields=["class_key", "code"], name="component_class"),
            models.Index(fields=["grid"], name="component_grid"),
            models.Index(fields=["label"], name="component_label", condition=~models.Q(label="")),
        ]

    def __str__(self) -> str:
        return self.code


class ComponentPastRow(models.Model):
    """A version that a later one replaced: `body` is the component as it was, in canonical JSON. Written once."""

    code = models.CharField(max_length=20)
    version = models.IntegerField()
    body = models.TextField()
    survey = models.CharField(max_length=60)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150)

    class Meta:
        db_table = "component_past"
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="component_past_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class FeatureRow(models.Model):
    """A line or an area of the base map. `shape` is WKB in WGS 84; `zoom` the smallest at which it is drawn."""

    layer = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=120, default="")
    name_en = models.CharField(max_length=120, default="")
    zoom = models.IntegerField(default=0)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    shape = models.BinaryField()
    attributes = models.TextField(default="{}")

    class Meta:
        db_table = "feature"
        constraints = [models.UniqueConstraint(fields=["layer", "code"], name="feature_once")]
        # a tile of the whole district draws few of many; at larger scales the box index is asked
        indexes = [models.Index(fields=["zoom", "id"], name="feature_zoom")]

    def __str__(self) -> str:
        return f"{self.layer} {self.code}"


class NamedPlaceRow(models.Model):
    """A place with a name. `aliases` are separated by line feeds."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    use = models.CharField(max_length=40, default="")
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, default="")
    aliases = models.TextField(default="")
    longitude = models.FloatField()
    latitude = models.FloatField()
    road = models.CharField(max_length=60, default="")
    plate = models.CharField(max_length=20, default="")
    grid = models.CharField(max_length=40, default="")
    street = models.CharField(max_length=40, default="")
    source = models.CharField(max_length=60, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "named_place"
        indexes = [
            models.Index(fields=["name_zh"], name="named_place_name"),
            models.Index(fields=["road", "plate"], name="named_place_plate", condition=~models.Q(road="")),
            models.Index(fields=["use"], name="named_place_use"),
        ]

    def __str__(self) -> str:
        return self.code
