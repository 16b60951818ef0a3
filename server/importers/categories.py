"""What kind of thing a service is, by a table that a person can read and correct.

Evidence is weighed in a fixed order: its name, the terms it is classified by, the publisher's type, the people it is
for, and last its description. The first that says anything decides, and the word that decided is kept with the record.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

#: Category → words that show it, in order: what stands higher is more particular and wins where several match.
WORDS: Final = {
    "food_aid": r"food ?banks?|food (pantry|parcels?|larder|share)|pantry|community (fridge|larder|shop)"
    r"|soup (kitchen|run)",
    "memory_cafe": r"dementia|alzheimer'?s?|memory (caf[eé]|group|loss|clinic|lane)",
    "bereavement_group": r"bereave(d|ment)|grief|grieving|cruse|loss of a loved one",
    "carers_group": r"(young |unpaid |family )?carers?'?",
    "recovery": r"alcohol(ics)?|drugs?|addictions?|substance (mis)?use|narcotics|recovery (group|caf[eé]|hub)",
    "safety_support": r"domestic (abuse|violence)|sexual (abuse|violence|assault)|survivors?|women'?s (aid|refuge)"
    r"|victim support|hate crime|honour[- ]based|rape",
    "language_class": r"esol|english (class(es)?|lessons?|for speakers)|learn english|english conversation",
    "job_club": r"job ?(club|seekers?|search|centre)|work club|employ(ment|ability)|cv (help|writing)"
    r"|careers? advice",
    "money_advice": r"debts?|benefits advice|money advice|welfare (rights|benefits)|citizens'? advice|credit union"
    r"|budgeting",
    "housing_advice": r"housing|homeless(ness)?|tenan(cy|ts?)|rough sleep(ers?|ing)|hostels?",
    "digital_help": r"digital|computers?|it skills|get(ting)? online|tablets?|smartphones?|coding club",
    "transport": r"community transport|dial[- ]a[- ]ride|minibus|car scheme|voluntary cars?|shopmobility"
    r"|patient transport",
    "home_help": r"home (help|care|support|from hospital)|domiciliary|handy ?(person|man)|meals on wheels"
    r"|care at home|home adaptations?|cleaning service",
    "befriending": r"befriend(ing|ers?)?|companionship|phone (friends?|buddy)|good neighbours?|budd(y|ies)",
    "walking": r"walk(s|ers|ing)?(?![- ]in)|rambl(ers?|ing)",
    "music": r"choirs?|sing(ing|ers?)?|music|ukuleles?|bands?|orchestra|drumming",
    "arts": r"arts?|crafts?|painting|pottery|drawing|photography|knit(ting)?|crochet|sewing|quilt(ing|ers?)|drama"
    r"|theatre|creative writing|book (club|group)",
    "gardening": r"gardens?|gardening|allotments?|horticultur(e|al)|conservation|wildlife|community orchard",
    "cooking": r"cook(ing|ery)|community (kitchen|meals?)|lunch(eon)? club|baking|supper club",
    "sport": r"sports?|football|tennis|bowls|bowling|badminton|cricket|netball|swim(ming)?|cycling|boxing|judo"
    r"|karate|golf|rugby|hockey|athletics|basketball",
    "exercise": r"exercises?|yoga|pilates|tai[- ]chi|zumba|keep[- ]fit|fitness|aerobics|gym|danc(e|ing)"
    r"|falls prevention|physical activity|strength and balance",
    "condition_group": r"cancer|parkinson'?s?|strokes?|diabet(es|ic)|multiple sclerosis|fibromyalgia|arthritis"
    r"|autis(m|tic)|asperger'?s|epilepsy|copd|chronic pain|long covid|disabilit(y|ies)|disabled|visually impaired"
    r"|sight loss|deaf|hearing loss|long[- ]term (health )?conditions?",
    "wellbeing": r"mental health|well[- ]?being|anxiety|depression|counselling|mindfulness|talking therap(y|ies)"
    r"|suicide|self[- ]harm",
    "family": r"parents?|parenting|toddlers?|bab(y|ies)|play ?groups?|child(ren)?('?s)?|famil(y|ies)|nurser(y|ies)"
    r"|child ?minders?|pre-?school|breastfeeding|stay and play|youth|scouts?|guides|brownies",
    "library": r"librar(y|ies)",
    "volunteering": r"volunteer(ing)? (centre|opportunit(y|ies)|bureau)|volunteering|become a volunteer",
    "course": r"courses?|adult learning|training|workshops?|college|literacy|numeracy|u3a|tuition",
    "community_venue": r"community (centre|hub|hall|association)|village hall|church hall|parish hall|venue hire",
    "social_group": r"coffee morning|social (group|club|activity)|drop[- ]in|lunch group|friendship (group|club)"
    r"|over[- ]?[56]0'?s|tea (dance|party)|bingo|women'?s institute|men'?s shed|caf[eé]",
}  # fmt: skip

#: What publishers' own types say.
TYPES: Final = {
    "physical activity": "exercise",
    "social activity": "social_group",
    "volunteering opportunity": "volunteering",
    "training sessions": "course",
    "training": "course",
    "counselling": "wellbeing",
    "financial support": "money_advice",
    "community asset": "community_venue",
}  # fmt: skip

#: What the people a service is for say of it; the order is that of `WORDS`.
AUDIENCES: Final = {
    "dementia": "memory_cafe",
    "bereaved": "bereavement_group",
    "carers": "carers_group",
    "drug and alcohol misuse": "recovery",
    "survivors of abuse": "safety_support",
    "low income>unemployed": "job_club",
    "homeless": "housing_advice",
    "cancer": "condition_group",
    "parkinsons": "condition_group",
    "autism": "condition_group",
    "aspergers": "condition_group",
    "long term health conditions": "condition_group",
    "learning disabilities": "condition_group",
    "disabled people": "condition_group",
    "wheelchair users": "condition_group",
    "sensory impaired": "condition_group",
    "sensory impaired>visually impaired": "condition_group",
    "mental health": "wellbeing",
    "parents": "family",
    "parents>grandparents": "family",
}  # fmt: skip

#: A service for more groups of people than this is for everyone, and its audience says nothing of what it is.
MOST_AUDIENCES: Final = 3

#: A description mentions many things in passing: a word said once decides nothing.
ENOUGH: Final = 2

_PATTERNS: Final = {category: re.compile(rf"\b({words})(?!\w)", re.I) for category, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a service. terms : it is classified by. type : the publisher's. audiences : it is for."""

    name: str = ""
    terms: Sequence[str] = ()
    type: str = ""
    audiences: Sequence[str] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A category, further ones, and why: which evidence decided and by what word. Nothing found: other, no reason."""

    category: str = "other"
    others: tuple[str, ...] = ()
    evidence: str = ""
    word: str = ""


def categorise(evidence: Evidence) -> Finding:
    """Say what a service is by the first evidence that says anything."""
    return (
        _from_words("name", [evidence.name])
        or _from_words("terms", evidence.terms)
        or _from_table("type", TYPES, [evidence.type])
        or _from_audiences(evidence.audiences)
        or _from_description(evidence.description)
        or Finding()
    )


def _from_words(evidence: str, texts: Iterable[str]) -> Finding | None:
    text = "\n".join(texts)
    found = {category: match for category, pattern in _PATTERNS.items() if (match := pattern.search(text))}
    return _finding(evidence, {category: match.group().lower() for category, match in found.items()})


def _from_table(evidence: str, table: dict[str, str], words: Iterable[str]) -> Finding | None:
    said = {table[word]: word for word in (each.strip().lower() for each in words) if word in table}
    return _finding(evidence, {category: said[category] for category in WORDS if category in said})


def _from_audiences(audiences: Sequence[str]) -> Finding | None:
    if len({each.strip().lower() for each in audiences}) > MOST_AUDIENCES:
        return None
    return _from_table("audience", AUDIENCES, audiences)


def _from_description(text: str) -> Finding | None:
    """Take the category whose words come most often, at least `ENOUGH` times; among equals the most particular."""
    words = {
        category: [match.group().lower() for match in found.finditer(text)] for category, found in _PATTERNS.items()
    }
    best = max(words, key=lambda category: len(words[category]))
    return _finding("description", {best: words[best][0]}) if len(words[best]) >= ENOUGH else None


def _finding(evidence: str, found: dict[str, str]) -> Finding | None:
    if not found:
        return None
    first, *others = found
    return Finding(first, tuple(sorted(others)), evidence, found[first])
