"""The door for servers and for `flask --app wsgi ...`."""

import os
import sys

from app import create_app
from app.schema.revisions import NewerSchema

STOP = 3
"""A server such as gunicorn takes this exit code as: do not try again."""

try:
    app = create_app()
except NewerSchema as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(STOP)
if app.config["LOST_KEY"] and not os.environ.get("FLASK_RUN_FROM_CLI"):  # commands may still check and copy the data
    sys.stderr.write(f"Not starting: {app.config['LOST_KEY']}\n")
    sys.exit(STOP)
