"""A file that is no official one is nobody's."""

import pytest

from openstats.file_kinds import kind


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"<html></html>", b"a,b\n1,2\n", b"\xff\xfe\x00", b"{}"]
)
def test_any_other_file_is_nobodys(tmp_path, content):
    path = tmp_path / "File_1_IMD.xlsx"
    path.write_bytes(content)
    assert kind(path) == ""
