"""The door for servers and for `flask --app wsgi ...`."""

import sys

from app import create_app
from app.keys import KeyBroken
from app.schema.gate import LostKey
from app.schema.revisions import NewerSchema

try:
    app = create_app()
except (NewerSchema, LostKey, KeyBroken) as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(3)  # a server such as gunicorn takes 3 as: do not try this again
