"""Words about fieldwork: what people speak of at the door and in the park, how they came to ask for help."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

THEMES: Final = Vocabulary(
    "theme",
    {
        "loneliness": "Feeling alone",
        "cost_of_living": "The cost of living",
        "food": "Enough food",
        "housing": "Housing",
        "transport": "Getting about",
        "health_services": "Seeing a doctor or nurse",
        "mental_wellbeing": "Mental wellbeing",
        "caring": "Caring for someone",
        "work": "Work and training",
        "school": "School and college",
        "childcare": "Childcare",
        "things_to_do": "Things to do",
        "places_to_meet": "Places to meet",
        "green_space": "Parks and green space",
        "litter": "Litter and dumping",
        "roads": "Roads and parking",
        "noise": "Noise and neighbours",
        "safety": "Feeling safe",
        "crime": "Crime",
        "exploitation": "Being exploited",
        "alcohol_drugs": "Alcohol or drugs",
        "relationships": "Family and friends",
        "sexual_health": "Sexual health",
        "identity": "Being accepted",
        "digital": "Getting online",
        "english": "Learning English",
        "helping": "Wanting to help others",
        "pride": "What is good here",
        "other": "Something else",
    },
)

#: How a referral came about; nothing says at which door or in which session.
SOURCES: Final = Vocabulary(
    "source",
    {
        "practice": "General practice",
        "hospital": "Hospital",
        "council": "Council",
        "charity": "Charity or community group",
        "self": "The person themselves",
        "family": "Family or friend",
        "visit": "A visit at the door",
        "session": "A youth work session",
        "phone_call": "A call to a hub",
        "other": "Another way",
    },
)

#: Who rings a hub for somebody.
RELATIONS: Final = Vocabulary(
    "relation",
    {
        "self": "The person themselves",
        "partner": "Partner",
        "child": "Son or daughter",
        "parent": "Parent",
        "relative": "Another relative",
        "friend": "Friend",
        "neighbour": "Neighbour",
        "carer": "Carer",
        "professional": "Professional",
        "other": "Someone else",
    },
)

HANDOVER_REASONS: Final = Vocabulary(
    "handover_reason",
    {
        "area": "Another team looks after this area",
        "skills": "Another team knows more about this",
        "language": "Another team speaks the language",
        "capacity": "No capacity at present",
        "moved": "Moved away",
        "asked": "The person asked for it",
        "conflict_of_interest": "A worker knows the person",
        "other": "Another reason",
    },
)
