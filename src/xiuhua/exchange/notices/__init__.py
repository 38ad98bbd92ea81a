"""Cases of another platform from a CSV file: `import notices FILE --mapping FILE`.

`mapping` what the columns mean · `table` the file's lines · `reading` a line as a case · `ground` a district built from
the data · `bringing` all of it through the operations, in one transaction.
"""

from xiuhua.exchange.fault import CannotImport
from xiuhua.exchange.notices.bringing import Progress, Report, import_notices
from xiuhua.exchange.notices.mapping import Mapping, read_mapping
from xiuhua.exchange.notices.reading import Listed

__all__ = ["CannotImport", "Listed", "Mapping", "Progress", "Report", "import_notices", "read_mapping"]
