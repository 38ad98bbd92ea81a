"""Accounts, the posts they hold from day to day, and their tokens. Rights are read at every use."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """`username` is a staff code; it enters hashed rows. `name` is a person's and never does.

    `epoch` counts changes of the password: a session begun before the last one is over.
    """

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=150, default="")
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    failures = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    epoch = models.IntegerField(default=0)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.username


class HoldingRow(models.Model):
    """A post held for an organisation. `grids` is a space-separated list; empty means all of the organisation's."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="holdings")
    post = models.CharField(max_length=40)
    organisation = models.CharField(max_length=40, default="")
    grids = models.TextField(default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "holding"

    def __str__(self) -> str:
        return f"{self.account_id} {self.post}@{self.organisation}"


class TokenRow(models.Model):
    """A personal token; only its digest is kept. It acts as its account in one post."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "token"

    def __str__(self) -> str:
        return self.name
