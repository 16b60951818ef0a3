"""A doorstep round: one area, the survey that is asked there, and who goes."""

from mobile_contract.kind import Document, boolean, day, kind, life_cycle, line, name, reference, words

MOVES = {"planned": ("open", "closed"), "open": ("closed",), "closed": ("open",)}


@kind("round", scopes=("fieldwork:{team_id}",), writers=("outreach", "administrator"), since=5)
class Round(Document):
    """Doors to knock at. Its dwellings are the households that name it; how many were reached is worked out.

    area : GSS code of the ward or small area. survey_id : the version that is asked now. workers : who goes.
    """

    team_id = reference(required=True)
    name = name(120, required=True)
    district = line(9)
    area = line(9)
    survey_id = reference("survey")
    workers = words(20, 80, load_default=list)
    starts_on = day()
    ends_on = day()
    status = life_cycle(MOVES)
    made_up = boolean(load_default=False)
