"""The names of repairs and refusals, each with the sentence that a person reads in the report."""

from typing import Final

#: What an importer may mend, and how.
REPAIRS: Final = {
    "html-to-text": "Markup in a description was turned into plain text.",
    "entities": "Character references such as &amp; were turned into characters.",
    "empty-dropped": "Empty strings were dropped.",
    "spaces": "Stray spaces were removed.",
    "shortened": "Text longer than a field holds was cut at a word.",
    "url-scheme": "A web address without https:// was given it.",
    "url-dropped": "Something that is no web address was dropped.",
    "several-emails": "Of several e-mail addresses the first was kept.",
    "email-tidied": "What stood around an e-mail address was removed.",
    "email-dropped": "Something that is no e-mail address was dropped.",
    "phone-dropped": "Something that is no telephone number was dropped.",
    "name-from-organisation": "A blank name was filled with the organisation's.",
    "repeated-id": "Of several rows with one id the one checked last was kept.",
    "capitals": "A name all in capitals was written with one capital a word.",
    "library-named": "The word library was added to a name that does not say so.",
    "id-made": "An id that a record cannot have was replaced by one worked out from it.",
    "date-dropped": "Something that is no date was dropped.",
    "never-assured": "Nobody has said when the information was checked, so it is due for a check.",
    "status-unknown": "An unknown status was taken as paused.",
    "ages-dropped": "Ages that are impossible or the wrong way round were dropped.",
    "cost-not-a-number": "A charge in words that state no plain amount is not shown as a cost.",
    "postcode-tidied": "A postcode was written the usual way.",
    "postcode-dropped": "Something that is no postcode was dropped.",
    "position-from-coordinates": "The postcode is not in the table, so the position comes from the coordinates.",
    "position-dropped": "Impossible coordinates were dropped.",
    "position-disagrees": "Postcode and coordinates lie more than 2 km apart; the postcode was believed.",
    "position-unknown": "Neither postcode nor coordinates say where it is: its distance is not known.",
    "district-from-sector": "The district comes from the postcode's sector, all of which lies in one district.",
    "district-from-nearest": "The district is that of the nearest postcode.",
    "district-unknown": "No district is given, so it is shown across the county.",
    "category-from-name": "Its category was worked out from a word of its name.",
    "category-from-terms": "Its category was worked out from a term it is classified by.",
    "category-from-type": "Its category was worked out from the publisher's type.",
    "category-from-audience": "Its category was worked out from the people it is for.",
    "category-from-description": "Its category was worked out from a word of its description.",
    "category-unknown": "Nothing says what it is, so its category is other.",
    "audience-from-target": "Women or men alone are named as those it is for.",
    "hours-dropped": "Opening hours that cannot be read were dropped.",
    "schedule-dropped": "A time that no schedule can hold, or that counts from no known day, was dropped.",
    "languages-dropped": "Languages outside the list were dropped.",
}  # fmt: skip

#: Why a row may give nothing.
REFUSALS: Final = {
    "not-an-object": "The row is not an object.",
    "no-id": "The row has no id.",
    "no-name": "Neither the service nor its organisation has a name.",
    "closed": "The source says that it has closed.",
    "not-a-postcode": "What stands where the postcode should is none.",
    "no-position": "The row has no usable position.",
    "no-code": "The row has no usable code.",
    "invalid": "The document made from the row breaks the contract.",
}
