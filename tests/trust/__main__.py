"""Write README's table anew."""

from .table import ROOT, written

README = ROOT / "README.md"
README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
