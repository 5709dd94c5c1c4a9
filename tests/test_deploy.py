"""What an agency's host gets: pinned as it was tested, listed in the bill of materials, closed by default."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / name).read_text()))


def test_what_is_installed_is_what_was_tested() -> None:
    tested, installed = pins("requirements-dev.txt"), pins("requirements.txt")
    assert len(installed) > 20
    assert installed.items() <= tested.items()
    assert not {"hypothesis", "mypy", "cyclonedx-bom"} & installed.keys()


def test_no_pin_is_without_a_hash_and_no_lock_names_an_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        entries = re.split(r"\n(?=[A-Za-z0-9])", text)
        assert all("--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"https?://|index-url|find-links", text)


def test_the_bill_of_materials_has_every_pin_with_its_hashes(tmp_path: Path) -> None:
    made = tmp_path / "bill.json"
    ran = subprocess.run(
        ["sh", "tools/sbom.sh", sys.executable, str(made)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    bill = json.loads(made.read_text())
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "presscheck")
    found = {each["name"]: each["version"] for each in bill["components"]}
    assert found == pins("requirements.txt")
    assert '"SHA-256"' in made.read_text()


def test_the_compose_file_publishes_on_loopback_only_and_holds_no_secret() -> None:
    text = (ROOT / "deploy/compose.yaml").read_text()
    found = yaml.safe_load(text)
    server, database = found["services"]["server"], found["services"]["database"]
    assert all(port.startswith("127.0.0.1:") for port in server["ports"])
    assert "ports" not in database
    assert database["networks"] == ["back"]
    assert found["networks"]["back"]["internal"] is True
    assert "@" in server["environment"]["PRESSCHECK_RECORD"]
    assert not re.search(r"://[^/@\s]+:[^/@\s]+@", text)
    assert {each["file"].split("/")[0] for each in found["secrets"].values()} == {"secrets"}


def test_the_container_runs_as_an_ordinary_user_from_checked_wheels() -> None:
    text = (ROOT / "deploy/Containerfile").read_text()
    assert text.rindex("USER 10001") > text.rindex("FROM ")
    assert "--no-index" in text
    assert "--require-hashes" in text
