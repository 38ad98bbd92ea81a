"""The application as Granian serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.shell.settings")
application = get_wsgi_application()
