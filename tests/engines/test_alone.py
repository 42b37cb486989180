"""The engines stand by themselves: each page's example runs where Django and everything of the web is absent."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "engines").glob("*.md"))
ABSENT = """
import sys
GONE = {"django", "ninja", "allauth", "rules", "i18nfield", "django_scopes", "psycopg", "uvicorn", "typst", "cryptography"}
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in GONE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
"""


def alone(code):
    """Run code where the packages of the web cannot be imported."""
    return subprocess.run(
        [sys.executable, "-c", ABSENT + code], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )  # fmt: skip


def test_every_engine_has_a_page():
    assert [page.stem for page in PAGES] == ["meetings", "opinions", "programme", "recommendation"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_of_a_page_runs_without_the_web(page):
    (example,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL)[:1]
    run = alone(example)

    assert (run.returncode, run.stderr) == (0, "")
    assert len(example.strip().splitlines()) <= 15


def test_the_absence_is_real():
    assert "No module named 'django'" in alone("import django").stderr


def test_the_command_answers_without_the_web(tmp_path):
    file = tmp_path / "people.json"
    file.write_text(
        '[{"id": "a", "offers": "steel", "needs": "wood"}, {"id": "b", "offers": "wood", "needs": "steel"}]'
    )
    run = alone(f"from hemicycle.engines.command import main; sys.exit(main(['recommend', {str(file)!r}, '--json']))")

    assert (run.returncode, run.stdout[:6]) == (0, '{"a": ')
