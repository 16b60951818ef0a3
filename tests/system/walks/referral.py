"""A prescriber: caseload, person, wellbeing, consent, a referral without a signal, its shortlist, a choice, a card."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.camera import Camera
from tests.system.keys import Keys
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """Go through everything that a prescriber does in a day."""
    studio.fresh("nobody").shot("sign-in")
    prescriber(studio.camera("prescriber"))


def prescriber(camera: Camera) -> None:
    """Caseload, person, note, the pages of a new referral without a signal, shortlist, choice, sync."""
    camera.shot("home")
    camera.desktop("home")
    _caseload(camera)
    _person(camera)
    camera.phone.set_offline(True)
    camera.tab("Home")
    camera.follow("New referral")
    _refer(camera)
    _choose(camera)
    _after(camera)
    camera.tab("Sync")
    camera.shot("sync-waiting")
    _not_all_taken_back(camera)
    _like_somebody(camera)
    _nothing_suits(camera)
    camera.tab("Sync")
    camera.phone.set_offline(False)
    camera.page.get_by_text("Everything is sent").wait_for()
    camera.shot("sync-sent")
    _passed_on(camera)
    camera.follow("Your phones")
    camera.expect("Your phones")
    camera.page.get_by_text("This phone").wait_for()
    camera.shot("phones")
    camera.page.go_back()
    camera.follow("Sign out")
    camera.expect("Sign out")
    camera.shot("sign-out")


def _passed_on(camera: Camera) -> None:
    """Pass somebody to another team; the server takes it, and the person leaves this phone."""
    camera.tab("People")
    camera.expect("People")
    name = camera.page.locator("main .kith-row__name").first.inner_text()
    camera.first_row()
    camera.expect(name)
    camera.page.locator("main a[href^='#/referrals/']").first.click()
    camera.follow("Pass to another team")
    camera.page.locator("#team").select_option(index=1)
    camera.check("Moved away")
    camera.press("Pass on")
    camera.expect("Referral for")
    camera.tab("Sync")
    camera.page.get_by_text("Everything is sent").wait_for()
    expect(camera.page.get_by_text("not taken")).to_have_count(0)
    camera.tab("People")
    camera.expect("People")
    expect(camera.page.get_by_role("link", name=name)).to_have_count(0)
    camera.tab("Sync")
    camera.expect("Sync")


def _not_all_taken_back(camera: Camera) -> None:
    """Undo of what others build on says first what goes with it; kept, nothing has gone."""
    lines = camera.page.locator("main .kith-row--still")
    before = lines.all_inner_texts()
    camera.page.get_by_role("button", name=re.compile("^Undo ?: New person")).click()
    camera.page.get_by_text("belong together").wait_for()
    expect(camera.page.get_by_role("button", name="Keep them")).to_be_focused()
    camera.shot("sync-take-back")
    camera.press("Keep them")
    expect(camera.page.get_by_text("belong together")).to_have_count(0)
    assert lines.all_inner_texts() == before


def _caseload(camera: Camera) -> None:
    camera.tab("People")
    camera.expect("People")
    camera.shot("people")
    camera.desktop("people")
    camera.page.get_by_label("Search by name").fill("zzz")
    camera.page.get_by_text("Nobody fits").wait_for()
    camera.shot("people-none")
    camera.page.get_by_label("Search by name").fill("")


def _too_long(camera: Camera) -> None:
    """Paste more than a note may hold: it stays whole, it is said by how much it is too long, and it is not saved."""
    note = camera.page.get_by_role("main").get_by_role("textbox")
    note.focus()
    camera.page.keyboard.insert_text("We talked. " * 364)  # 4 characters more than the 4,000 of a note
    told = camera.page.get_by_text("4 characters too many")
    told.wait_for()
    camera.press("Save note")
    expect(note).to_be_focused()
    expect(note).to_have_accessible_description(re.compile("4 characters too many"))
    assert len(note.input_value()) == 4004
    note.fill("")
    told.wait_for(state="detached")


def _person(camera: Camera) -> None:
    camera.first_row()
    camera.page.get_by_role("heading", name="What happened").wait_for()
    camera.shot("person")
    camera.desktop("person")
    camera.follow("Change details")
    camera.expect("Change details")
    camera.shot("person-edit")
    camera.page.go_back()
    camera.follow("Add a note")
    camera.expect("Add a note")
    camera.press("Save note")
    camera.shot("note-error")
    camera.desktop("note-error")
    _too_long(camera)
    camera.page.go_back()
    camera.follow("Wellbeing")
    camera.expect("Wellbeing")
    camera.follow("Ask how they are")
    camera.expect("Ask how they are")
    for question, answer in (("satisfied", 7), ("worthwhile", 6), ("happy", 8), ("anxious", 3)):
        camera.page.locator(f"input[name={question}][value='{answer}']").check()
    camera.shot("measure")
    camera.press("Save answers")
    camera.expect("Wellbeing")
    camera.page.locator(".kith-course").first.wait_for()
    camera.shot("wellbeing")
    camera.page.locator(".nhsuk-back-link").click()
    camera.follow("Consent")
    camera.expect("Consent")
    camera.shot("consent")


def _refer(camera: Camera) -> None:
    page = camera.page
    fill: list[tuple[str, str, Callable[[], object]]] = [
        ("name", "What is their name?", lambda: page.get_by_label("First and last").fill("Winifred Quillfeather")),
        ("birth", "When were they born?", lambda: page.get_by_label("Date of birth").fill("7/3/1951")),
        ("home-address", "How do we reach them?", lambda: _home(page)),
        ("matters", "What matters to them?", lambda: page.get_by_label("In their own words").fill("Singing again.")),
        ("needs", "What would help?", lambda: _needs(page)),
        ("travel", "How do they get about?", lambda: camera.check("By bus", "Up to 10 km")),
        ("budget", "What can they pay?", lambda: camera.check("Up to £5")),
        ("consent", "What have they agreed to?", lambda: camera.check("Keep a record", "Tell those", "They sign on")),
        ("signature", "Please sign", lambda: draw(page)),
    ]
    for name, heading, answer in fill:
        camera.expect(heading)
        answer()
        camera.shot(f"refer-{name}")
        camera.press("Continue")
    camera.expect("Check your answers")
    _signed_anew(camera)
    camera.shot("refer-check")
    camera.press("Throw this away")
    camera.page.get_by_role("button", name="Keep it").scroll_into_view_if_needed()
    camera.shot("refer-throw-away")
    camera.press("Keep it")
    _asides(camera)
    camera.press("Save and see the shortlist")


def _signed_anew(camera: Camera) -> None:
    """Agree to more after signing and leave it so: taken up again, it asks for another signature and says why."""
    page = camera.page
    again = page.get_by_text("has changed, so please sign again")
    camera.follow("Change consent")
    camera.check("Learn from it")
    camera.tab("Home")
    camera.follow("Go on: Winifred Quillfeather")
    camera.expect("What have they agreed to?")
    camera.press("Continue")
    camera.expect("Please sign")
    again.wait_for()
    page.get_by_text("The box is empty").wait_for()
    camera.shot("refer-sign-again")
    draw(page)
    camera.press("Continue")
    camera.expect("Check your answers")
    page.get_by_text("There is a signature in the box").wait_for()


def _home(page: Page) -> None:
    page.get_by_label("Postcode").fill("QE7 1DX")
    page.get_by_label("Phone number").fill("01632 960123")


def _needs(page: Page) -> None:
    for said in ("lonely", "can't sleep"):
        page.get_by_label("Say it in their words").fill(said)
        page.keyboard.press("Enter")
    page.get_by_label("Say it in their words").fill("money")


def draw(page: Page) -> None:
    """Sign with the mouse, as with a finger."""
    paper = page.locator("#signature")
    paper.evaluate("paper => paper.scrollIntoView({ block: 'center' })")
    box = paper.bounding_box()
    assert box is not None
    wave = [(0.15, 0.6), (0.25, 0.2), (0.3, 0.7), (0.4, 0.3), (0.5, 0.65), (0.6, 0.35), (0.75, 0.6)]
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in wave]
    page.mouse.move(*points[0])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(x, y, steps=4)
    page.mouse.up()


def _asides(camera: Camera) -> None:
    for what, heading, labels in (
        ("can go", "When can they go?", ("Tuesday morning",)),
        ("access needs", "What do they need to take part?", ("Hearing loop",)),
        ("group", "What would suit them?", ("A small group",)),
        ("who asked", "Who asked for this?", ("A surgery",)),
    ):
        camera.follow(f"Change {what}")
        camera.expect(heading)
        camera.check(*labels)
        camera.shot(f"refer-{what.replace(' ', '-')}")
        camera.press("Continue")
        camera.expect("Check your answers")


def _choose(camera: Camera) -> None:
    camera.expect("Shortlist for")
    camera.page.locator(".kith-slate > li").first.wait_for()
    camera.shot("shortlist")
    camera.page.get_by_role("heading", name="Not shown, and why").scroll_into_view_if_needed()
    camera.page.locator("section details").first.click()
    camera.shot("shortlist-not-shown")
    camera.follow("Nothing suitable")
    camera.expect("Nothing suitable")
    camera.shot("nothing-suitable")
    camera.page.go_back()
    keys = Keys(camera)
    expect(camera.page.get_by_role("link", name="Nothing suitable")).to_be_focused()
    keys.button("Choose", key="Shift+Tab")
    camera.expect("Referral for")
    keys.look("once it is chosen")


def _like_somebody(camera: Camera) -> None:
    """Refer somebody whose name is like that of one who is known, without a signal: it asks before it makes two."""
    page = camera.page
    camera.tab("Home")
    camera.follow("New referral")
    camera.expect("What is their name?")
    page.get_by_label("First and last").fill("Winifred Quilfeather")
    camera.press("Continue")
    camera.expect("When were they born?")
    page.get_by_label("Date of birth").fill("7/3/1951")
    camera.press("Continue")
    like = page.get_by_label("Yes: Winifred Quillfeather")
    like.wait_for()
    camera.press("Continue")
    camera.shot("refer-alike-wrong")
    like.check()
    camera.shot("refer-alike")
    camera.press("Continue")
    camera.expect("Check your answers")
    camera.shot("refer-known")


def _nothing_suits(camera: Camera) -> None:
    """Say that nothing suits and why; the referral tells it."""
    camera.tab("People")
    camera.page.get_by_label("Search by name").fill("Quillfeather")
    camera.follow("Winifred Quillfeather")
    camera.page.locator("main a[href^='#/referrals/']").first.click()
    camera.expect("Referral for")
    address = camera.page.evaluate("location.hash.slice(2)")
    camera.goto(f"{address}/nothing")
    camera.expect("Nothing suitable")
    camera.press("Save")
    camera.page.get_by_text("Choose why nothing suits").first.wait_for()
    camera.shot("nothing-suitable-wrong")
    camera.page.get_by_role("radio").first.check()
    camera.press("Save")
    camera.expect("Referral for")
    camera.shot("nothing-suitable-said")


def _card(camera: Camera) -> None:
    """Pass the card on as text, or through the phone's own choice of apps; on paper it is one page and nothing else."""
    page = camera.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    camera.press("Copy the card as text")
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "For Winifred" in copied
    assert "omorrow" not in copied, "paper is read on another day"
    plant = "() => { window.passedOn = new Promise((done) => { navigator.share = async ({text}) => done(text); }); }"
    page.evaluate(plant)
    page.get_by_role("checkbox", name="My name, to ask for").check()
    page.get_by_text("Questions? Ask Joan Honeyford, who gave you this card.").wait_for()
    page.get_by_label("Your phone number, for the card").fill("01632 960155")
    page.get_by_text("Questions? Ring Joan Honeyford on 01632 960155.").wait_for()
    camera.press("Share the card")
    assert "Ring Joan Honeyford on 01632 960155" in page.evaluate("window.passedOn")
    page.emulate_media(media="print")
    try:
        for hidden in (".kith-top", ".kith-tabs", ".nhsuk-back-link", ".kith-toast", "main button"):
            assert not any(one.is_visible() for one in page.locator(hidden).all()), f"{hidden} is on paper"
        paper = page.pdf(format="A4")
        if camera.folder:
            page.screenshot(path=str(camera.folder / "card-print.png"), full_page=True)
    finally:
        page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, "the card is one page"


def _after(camera: Camera) -> None:
    camera.shot("referral")
    camera.follow("Change status")
    camera.expect("Change status")
    camera.shot("status")
    camera.page.go_back()
    camera.follow("Make a card")
    camera.expect("Card to take along")
    camera.shot("card")
    _card(camera)
    camera.page.go_back()
    camera.follow("Pass to another team")
    camera.expect("Pass to another team")
    camera.shot("handover")
    camera.page.go_back()
    camera.expect("Referral for")
    camera.first_row()
    camera.expect("What came of it?")
    camera.shot("placement")
    camera.page.go_back()
    camera.page.get_by_role("link", name="Winifred Quillfeather").click()
    camera.follow("Consent")
    camera.page.get_by_text("The signature is saved on this phone").wait_for()
    camera.shot("consent-signed")
    _signed_for_this(camera)


def _signed_for_this(camera: Camera) -> None:
    """On the person's own page too a signature is for what stands above it: ticked afterwards, it is asked for anew."""
    page = camera.page
    camera.check("Tell them their name too", "They sign on this phone")
    draw(page)
    page.get_by_text("There is a signature in the box").wait_for()
    page.get_by_label("Learn from it").uncheck()
    page.get_by_text("has changed, so please sign again").wait_for()
    assert page.locator(".kith-paper__ink").get_attribute("d") == ""
    draw(page)
    waiting = page.get_by_role("link", name="to send")
    before = waiting.inner_text()
    camera.press("Save what they agree to")
    expect(waiting).not_to_have_text(before)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back").wait_for()
    expect(waiting).to_have_text(before)  # the picture of the signature goes with what it signed
