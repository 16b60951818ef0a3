import pytest

from server.importers.deprivation import keep_fifths, kept_fifths, read_deprivation
from server.importers.problems import SourceError

DECILES = "lsoa21_code,IMD_decile,Income_decile\nE01000001,1,9\nE01000002,2,9\nE01000003,10,1\n"
POSTCODES = """postcode,lsoa21_code_approx
SS1 1AA,E01000001
ss11ab,E01000002
SS1 1AC,E01000003
SS1 1AD,E01999999
?,E01000001
"""


def files(folder, deciles=DECILES, postcodes=POSTCODES):
    (folder / "imd.csv").write_text(deciles, encoding="utf-8")
    (folder / "postcodes.csv").write_text(postcodes, encoding="utf-8")
    return folder / "imd.csv", folder / "postcodes.csv"


def test_a_postcode_has_the_fifth_of_its_area_by_the_first_decile(tmp_path):
    read = read_deprivation(*files(tmp_path))
    assert read.fifths == {"SS1 1AA": 1, "SS1 1AB": 1, "SS1 1AC": 5}
    assert read.elsewhere == 2
    keep_fifths(tmp_path, read.fifths)
    assert kept_fifths(tmp_path) == read.fifths
    assert kept_fifths(tmp_path / "nowhere") is None


def test_areas_of_another_year_are_refused_as_boundaries_move(tmp_path):
    older = DECILES.replace("lsoa21_code", "lsoa11_code")
    with pytest.raises(SourceError, match="areas of the year 11, the other of 21"):
        read_deprivation(*files(tmp_path, older))


@pytest.mark.parametrize(
    ("deciles", "postcodes", "said"),
    [
        ("area,IMD_decile\nE1,1\n", POSTCODES, "imd.csv has no column lsoa…code"),
        ("lsoa21_code,rank\nE1,1\n", POSTCODES, "imd.csv has no column …decile"),
        (DECILES, "postcode,lad_code\nSS1 1AA,x\n", "postcodes.csv has no column lsoa…code"),
        (DECILES.replace(",10,", ",11,"), POSTCODES, "a decile that is none from 1 to 10"),
        (DECILES, "lsoa21_code\nE01000001\n", "postcodes.csv has no column postcode"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_by_name(tmp_path, deciles, postcodes, said):
    with pytest.raises(SourceError, match=said):
        read_deprivation(*files(tmp_path, deciles, postcodes))


def test_a_kept_table_that_is_damaged_is_told_with_its_mend(tmp_path):
    (tmp_path / "deprivation.parquet").write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="cannot be read") as told:
        kept_fifths(tmp_path)
    assert told.value.mend == "Run kith import deprivation again."
