import pytest

from server.importers.text import email, line, paragraphs, phone, url


def test_markup_becomes_paragraphs_and_list_lines():
    text, repairs = paragraphs("<h2>Choir</h2><p>Sing &amp; laugh<br>every week</p><ul><li>Tea</li><li>Cake</li></ul>")
    assert text == "Choir\n\nSing & laugh\nevery week\n\n- Tea\n\n- Cake"
    assert repairs == ("html-to-text",)


def test_scripts_and_styles_are_not_words():
    text, _ = paragraphs("<p>Come along</p><style>p{color:red}</style><script>alert('no')</script>")
    assert text == "Come along"


def test_an_unclosed_tag_loses_no_words():
    text, _ = paragraphs("<p>One <strong>two<p>three")
    assert text == "One two\nthree"


def test_markup_that_says_nothing_gives_no_description():
    assert paragraphs("<p><br></p>") == (None, ("html-to-text",))


def test_less_than_a_number_is_not_a_tag():
    assert paragraphs("For children <5 & parents") == ("For children <5 & parents", ())


def test_references_without_tags_keep_their_line_breaks():
    assert paragraphs("Tea &amp; cake\nEvery day") == ("Tea & cake\nEvery day", ("entities",))


def test_a_long_description_is_cut_at_a_word():
    text, repairs = paragraphs("kind " * 1000, limit=23)
    assert text == "kind kind kind kind…"
    assert repairs == ("shortened",)


def test_nul_and_invisible_characters_are_removed():
    assert line("Lunch\x00 club\u200b") == ("Lunch club", ("spaces",))


def test_a_line_loses_stray_spaces_and_says_so():
    assert line("Parkinsons ") == ("Parkinsons", ("spaces",))
    assert line("Parkinsons") == ("Parkinsons", ())


@pytest.mark.parametrize("missing", [None, "", "   ", 7, ["x"]])
def test_what_is_missing_or_no_text_gives_nothing(missing):
    assert email(missing)[0] is None
    assert url(missing) == (None, ())
    assert paragraphs(missing) == (None, ())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a@example.org", ("a@example.org", ())),
        ("a@example.org, b@example.org", ("a@example.org", ("several-emails",))),
        ("a@example.org;b@example.org", ("a@example.org", ("several-emails",))),
        ("mailto:a@example.org", ("a@example.org", ("email-tidied",))),
        (" a@example.org ", ("a@example.org", ("email-tidied",))),
        ("ask at the desk", (None, ("email-dropped",))),
        ("email-example_com", (None, ("email-dropped",))),
    ],
)
def test_the_first_address_is_kept(raw, expected):
    assert email(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://example.org/", ("https://example.org/", ())),
        ("http://example.org/a?b=c", ("http://example.org/a?b=c", ())),
        ("www.example.org", ("https://www.example.org", ("url-scheme",))),
        ("service1.example.org/groups", ("https://service1.example.org/groups", ("url-scheme",))),
        ("example_counselling", (None, ("url-dropped",))),
        ("javascript:alert(1)", (None, ("url-dropped",))),
        ("https://", (None, ("url-dropped",))),
        ("https://[bad", (None, ("url-dropped",))),
        ("see our page on the web", (None, ("url-dropped",))),
    ],
)
def test_a_web_address_is_repaired_or_dropped(raw, expected):
    assert url(raw) == expected


def test_a_telephone_number_is_found_among_words():
    assert phone("Ring 01632 960001 and ask") == ("01632 960001", ())
    assert phone("no number") == (None, ("phone-dropped",))
