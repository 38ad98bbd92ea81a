"""What happens without anybody asking: plain loops over the database. A row that is looked at again cannot be lost."""

from xiuhua.jobs.loop import Running, as_thread, run

__all__ = ["Running", "as_thread", "run"]
