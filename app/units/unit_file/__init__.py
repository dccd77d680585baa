"""The file in which a government describes itself: its levels, its units, and what residents may write about.

docs/units-file.md explains the format to the person who writes one. Reading finds every mistake at once and says on
which line each stands; it touches no database.
"""

from app.units.unit_file.read import HANDLING_LEVELS, KINDS, VARIANTS, UnitFileError, read_unit_file
from app.units.unit_file.rows import CategoryRow, Government, LevelRow, UnitFile, UnitRow
from app.units.unit_file.tables import LineError

__all__ = [
    "HANDLING_LEVELS",
    "KINDS",
    "VARIANTS",
    "CategoryRow",
    "Government",
    "LevelRow",
    "LineError",
    "UnitFile",
    "UnitFileError",
    "UnitRow",
    "read_unit_file",
]
