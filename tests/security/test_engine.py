"""Check 45: the engine that makes papers opens no file but its forms and fonts, and no connection at all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.documents.render import FONTS, ROOT, fill
from tests.documents.reading import text_of
from tests.documents.samples import PAPERS, everywhere, facts
from tests.documents.test_papers import squeezed
from tests.factories import MONDAY

SYNTAX = (
    "<img src=file:///etc/passwd>", "<img src=http://169.254.169.254/latest/meta-data/>",
    "@import url(file:///etc/passwd)",
    "@import '//evil.example/x.css';", "<link rel=attachment href=file:///etc/passwd>", '#read("/etc/passwd")',
    '#read("../../app/config.py")', '#import "@preview/evil:1.0.0": *', '#import "../../../wsgi.py"',
    '#include "answer.typ"',
    '#image("/etc/passwd")', '#csv("/etc/passwd")', '#json("/etc/passwd")', '#plugin("/tmp/x.wasm")', '#eval("1+1")',
    "#panic(1)", "#sys.inputs", "#sys.inputs.data", "$ x^2 $", "`#read`", "```typ #read(\"/etc/passwd\")```", "@label",
    "<label>", "#link(\"https://evil.example\")", "https://evil.example", "#let x = 1", "#set page(width: 0pt)",
    "#show: none", "#{while true {}}", "\\#read", "\\u{23}read(\"/etc/passwd\")", "= heading", "/ term: x", "*/ /* //",
    "]#read(\"/etc/passwd\")[", "\")#read(\"/etc/passwd\")", "#\"\\(sys)\"", "#bibliography(\"/etc/passwd\")",
)  # fmt: skip
"""What HTML and Typst engines read, fetch or run."""
ALL = " ".join(SYNTAX)


@pytest.mark.parametrize("words", SYNTAX)
def test_a_line_of_the_engines_language_prints_as_typed(words: str) -> None:
    form, sheet = PAPERS["complaint-vi"]
    paper = fill(form, facts(everywhere(sheet, words)), MONDAY)
    assert paper.warnings == () and squeezed(words) in squeezed(text_of(paper.pdf))
    assert "root:" not in text_of(paper.pdf)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_prints_all_of_them_as_typed(paper: str) -> None:
    form, sheet = PAPERS[paper]
    made = fill(form, facts(everywhere(sheet, ALL)), MONDAY)
    assert made.warnings == () and squeezed(ALL) in squeezed(text_of(made.pdf))


WATCHED = """
import sys
from tests.documents.samples import PAPERS, OFFICIAL_PAPERS, everywhere, facts, sheet
from tests.factories import MONDAY
from app.documents.render import fill
form, empty = PAPERS["receipt-vi"]
fill(form, facts(empty), MONDAY)
from tests.security.test_engine import ALL
import os
try: os.stat("/watch-begins")
except OSError: pass
for form, sheet_of in PAPERS.values():
    fill(form, facts(everywhere(sheet_of, ALL)), MONDAY)
for form, kind in OFFICIAL_PAPERS[::4]:
    fill(form.layout, sheet(form, kind, name=ALL, title=ALL, body=ALL, address=ALL), MONDAY)
try: os.stat("/watch-ends")
except OSError: pass
"""
CALLS = "openat,open,stat,newfstatat,statx,connect,socket,sendto,execve"


def test_the_system_sees_no_other_file_and_no_connection(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        assert os.environ.get("CI") != "true", "strace is missing: make test installs it"
        pytest.skip("strace is not installed here (Debian: strace)")
    log = tmp_path / "trace"
    command = [strace, "-f", "-qq", "-s", "300", "-e", f"trace={CALLS}", "-o", str(log), sys.executable, "-c", WATCHED]
    done = subprocess.run(command, cwd=ROOT.parent.parent, capture_output=True, text=True, timeout=300, check=False)
    if "Operation not permitted" in done.stderr and os.environ.get("CI") != "true":
        pytest.skip("strace may not watch here")
    assert done.returncode == 0, done.stderr[-600:]
    seen = log.read_text(errors="replace").partition("/watch-begins")[2].partition("/watch-ends")[0]
    opened = set(re.findall(r'(?:open|openat)\([^"]*"([^"]+)"', seen))
    assert opened, "the forms were read while it was watched"
    assert {path for path in opened if not path.startswith((str(ROOT), str(FONTS)))} <= _of_python(opened)
    assert "connect(" not in seen and "socket(" not in seen and "execve(" not in seen
    assert "/etc/passwd" not in seen and "169.254" not in seen


def _of_python(opened: set[str]) -> set[str]:
    """Modules that Python loads late, and the machine's description of itself."""
    homes = (sys.prefix, sys.base_prefix, "/proc/self", "/sys/fs/cgroup", "/sys/devices/system/cpu",
             "/usr/share/zoneinfo")  # fmt: skip
    own = str(ROOT.parent.parent)
    return {path for path in opened if path.startswith(homes) or (path.startswith(own) and ".py" in path[-4:])}
