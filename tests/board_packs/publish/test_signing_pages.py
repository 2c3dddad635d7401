"""What SECURITY.md and GOVERNANCE.md promise is named as the command names it."""

import re

import pytest
from typer.testing import CliRunner

from board_packs import cli
from openstats.project_data import ROOT


@pytest.mark.parametrize("name", ["SECURITY.md", "GOVERNANCE.md"])
def test_every_command_and_option_that_is_named_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    calls = re.findall(r"`lscb ([a-z]+)((?: [^`]*)?)`", text)
    assert calls
    for command, rest in calls:
        done = CliRunner().invoke(cli.app, [command, "--help"], env={"COLUMNS": "300", "TERM": "dumb"})
        assert done.exit_code == 0, command
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in done.output, f"{command} {option}"
    for folder in re.findall(r"\]\(([\w./]+)\)", text):
        assert (ROOT / folder).exists(), folder
