"""A file that is no official one is nobody's."""

import pytest

from openstats import Store, sources
from openstats.file_kinds import CSV_COLUMNS, kind
from openstats.readers import READERS


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"<html></html>", b"a,b\n1,2\n", b"\xff\xfe\x00", b"{}"]
)
def test_any_other_file_is_nobodys(tmp_path, content):
    path = tmp_path / "File_1_IMD.xlsx"
    path.write_bytes(content)
    assert kind(path) == ""


def test_every_kind_has_a_reader_and_a_set():
    """A kind without a reader was ONS's own lookup, which was passed over; one that nothing read was fetched in vain."""
    listed = {file.kind for each in sources().values() for file in each.files}
    assert set(CSV_COLUMNS) <= set(READERS) and listed | {"postcode_directory"} == set(READERS)


@pytest.mark.parametrize(
    "heads", ["LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHNGIND", "lsoa11_code,x,lsoa21_code,y,change_code"]
)
def test_the_lookup_of_neighbourhoods_is_read_in_ons_headings_too(tmp_path, heads):
    (tmp_path / "lookup.csv").write_text(f"{heads}\nE01000001,a,E01000001,a,U\nE01000002,b,E01033000,b,S\n")
    assert Store(tmp_path).lookup()["change"].tolist() == ["U", "S"]
