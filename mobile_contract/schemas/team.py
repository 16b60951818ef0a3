"""A team that looks after people: by what name others hand over to it."""

from mobile_contract.kind import Document, boolean, choice, kind, line, name, reference


@kind("team", scopes=("directory:county",), writers=("administrator",), since=5)
class Team(Document):
    """A team of the programme; its id is the one by which caseloads and fieldwork are its own."""

    name = name(120, required=True)
    organisation_id = reference("organisation")
    district = line(9)
    status = choice("active", "closed", load_default="active")
    made_up = boolean(load_default=False)
