import math

import numpy as np
import pytest

from ml.features import PEOPLE
from ml.features.operations import OPERATIONS
from ml.features.programs import names_in
from ml.features.sentences import fill
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import (
    TASK_INPUTS,
    VOLUNTEER_INPUTS,
    Past,
    columns_for_task,
    columns_for_volunteer,
    task_inputs,
    volunteer_inputs,
)
from ml.features.volunteers.load import STEP, demotion, demotion_of
from ml.models.artifact import document, packed
from ml.models.walker import Pack, PackError
from mobile_contract.vocabulary import TASK_TYPES
from tests.ml.volunteers.made import PAST, ROLE, TASK, TODAY, VOLUNTEER, excluding_rule, features, inputs


def test_skills_count_where_what_is_asked_meets_what_is_held():
    seen = features()
    assert [seen["skills_met"], seen["skills_lacking"], seen["skills_share"]] == [1, 1, 2 / 3]


def test_distance_is_seen_against_the_volunteers_own_limit():
    seen = features()
    assert [seen["distance_m"], seen["distance_of_reach"], seen["travel_minutes"]] == [5000, 5 / 8, 15]
    assert seen["travel_of_task"] == 15 / 90


def test_a_phone_call_is_no_distance_away():
    seen = features(task={"type": "phone_call", "easting": None})
    assert [seen["distance_m"], seen["travel_minutes"], seen["company"]] == [0, 0, 1]


def test_free_times_meet_the_window_of_a_task():
    seen = features()
    assert [seen["slots_common"], seen["slots_share"], seen["next_days"]] == [1, 1, 2]
    assert seen["soonness"] == 0.5  # it closes in two days
    assert features(volunteer={"availability": ["tue_am"]})["slots_any"] == 0
    assert features(volunteer={"availability": []})["times_unknown"] == 1


def test_minutes_are_seen_against_the_wish():
    seen = features()
    assert [seen["minutes_of_wish"], seen["minutes_over_wish"], seen["wish_fit"]] == [1.5, 30, 2]
    assert features(role={})["wish_fit"] == 1  # an hour now and then, against weekly


def test_history_is_smoothed_and_what_was_done_before_is_known():
    seen = features()
    assert [seen["agree_rate"], seen["keep_rate"], seen["done_before"], seen["new_here"]] == [8 / 15, 0.8, 1, 0]
    new = features(past=Past())
    assert [new["agree_rate"], new["keep_rate"], new["done_before"], new["new_here"]] == [0.4, 0.8, 0, 1]


def test_load_is_what_was_asked_of_late():
    assert [features()[name] for name in ("asks_30d", "rested_days", "holding")] == [2, 6, 1]
    assert features(past=Past())["rested_days"] == 30


def test_a_role_is_no_task():
    seen = features(role={}, schedules=[{"frequency": "weekly", "weekday": "mon", "from_time": "10:00"} | _UNTIL])
    assert [seen["role"], seen["slots_common"], seen["next_days"]] == [1, 1, 2]
    assert math.isnan(seen["errand"])


_UNTIL = {"until_time": "12:00"}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (None, {}),
        ("closed", {"task": {"status": "done"}}),
        ("closed", {"task": {"window_from_at": "2026-11-20T09:00:00Z", "window_until_at": "2026-11-20T11:00:00Z"}}),
        ("claimed", {"task": {"status": "claimed"}}),
        ("not_open_yet", {"role": {"opens_on": "2026-12-01"}}),
        ("no_session", {"role": {}, "schedules": [{"frequency": "once", "on": "2026-11-01"}]}),
        ("not_active", {"volunteer": {"status": "enquiry"}}),
        ("paused", {"volunteer": {"paused_until_on": "2026-12-24"}}),
        (None, {"volunteer": {"paused_until_on": "2026-11-22"}}),  # back the day before
        ("under_age", {"role": {}, "volunteer": {"birth_on": "2009-01-01"}}),
        ("over_age", {"role": {"max_age": 25}, "volunteer": {"birth_on": "1950-01-01"}}),
        ("check_missing", {"task": {"dbs_level": "enhanced"}}),
        ("check_missing", {"task": {"dbs_level": "basic"}, "volunteer": {"dbs_level": None}}),
        ("check_expired", {"task": {"dbs_level": "basic"}, "volunteer": {"dbs_until_on": "2026-11-22"}}),
        (None, {"task": {"dbs_level": "basic"}}),
        ("skill", {"volunteer": {"skills": ["lifting"]}}),
        ("language", {"role": {"languages": ["pl"]}}),
        ("outside_area", {"task": {"easting": None, "district": "E07000071"}}),
        ("too_far", {"volunteer": {"max_km": 4}}),
    ],
)
def test_a_rule_outside_the_model_names_itself(rule, changes):
    assert excluding_rule(**changes) == rule


def test_both_questions_give_the_same_numbers_for_the_same_pair():
    volunteer = volunteer_inputs(VOLUNTEER, PAST, today=TODAY)
    task = task_inputs("task", TASK, today=TODAY)
    one, other = columns_for_volunteer(volunteer, [task]), columns_for_task(task, [volunteer])
    assert VOLUNTEERS.matrix(one).tobytes() == VOLUNTEERS.matrix(other).tobytes()


def test_inputs_are_named_once_and_hold_neither_names_nor_places_of_people():
    assert len(set(VOLUNTEERS.inputs)) == len(VOLUNTEERS.inputs)
    assert volunteer_inputs(VOLUNTEER, PAST, today=TODAY).keys() <= set(VOLUNTEER_INPUTS)
    assert (task_inputs("task", TASK, today=TODAY) | task_inputs("opportunity", ROLE, today=TODAY)).keys() <= set(
        TASK_INPUTS
    )


def test_no_feature_reads_an_age_or_who_the_volunteer_is():
    programs = {**VOLUNTEERS.values, **VOLUNTEERS.rule_values}
    allowed = set(VOLUNTEERS.inputs) - {"age_low", "age_high", "min_age", "max_age"}

    def read(name):
        inside = set(names_in(programs[name])) - {name} if name in programs else set()
        return {name} & set(VOLUNTEERS.inputs) | {deeper for each in inside for deeper in read(each)}

    for feature in VOLUNTEERS.features:
        assert {deeper for name in names_in(feature.program) for deeper in read(name)} <= allowed, feature.name


def test_every_sentence_can_be_said():
    values = dict.fromkeys([*VOLUNTEERS.inputs, *VOLUNTEERS.values, *VOLUNTEERS.rule_values], 1.0)
    values |= dict.fromkeys(VOLUNTEERS.reason_values, 1.0)
    lines = [line.text for family in VOLUNTEERS.families for line in (*family.lines, *family.changes)]
    texts = [*lines, *(rule.text for rule in VOLUNTEERS.rules), *(rule.change or "" for rule in VOLUNTEERS.rules)]
    assert all(fill(text, values) is not None for text in texts)


def test_every_feature_has_a_family_with_a_sentence_and_only_common_operations():
    assert {feature.family for feature in VOLUNTEERS.features} == {family.name for family in VOLUNTEERS.families}
    used = set(_operations(list(VOLUNTEERS.values.values())))
    assert used <= set(OPERATIONS)


def _operations(programs):
    for program in programs:
        if isinstance(program, tuple):
            yield program[0]
            yield from _operations(program[1:])


def test_a_pack_of_one_set_does_not_rank_for_another():
    linear = {"weights": [0.0] * len(VOLUNTEERS.names), "means": [0.0] * len(VOLUNTEERS.names), "intercept": 0.0}
    data = packed(document("v", linear, [], features=VOLUNTEERS))
    assert Pack.load(data, features=VOLUNTEERS).version == "v"
    with pytest.raises(PackError, match="pack-schema"):
        Pack.load(data)
    assert PEOPLE.schema_hash() != VOLUNTEERS.schema_hash()


def test_the_rules_prefer_the_near_the_skilled_the_free_and_the_rested():
    rules = Pack.rules(VOLUNTEERS)

    def score(**changes):
        return float(rules.score(rules.matrix(rules.known(inputs(**changes))))[0])

    assert score() > score(volunteer={"easting": 566_500})
    assert score() > score(task={"skills": ["driving", "lifting", "cooking"]})
    assert score() > score(volunteer={"availability": ["fri_eve"]})
    assert score(past=Past(asked_days_ago=30)) > score(past=Past(asked_days_ago=1))


def test_the_demotion_is_three_eighths_for_each_ask_and_nothing_else():
    assert STEP == 0.375
    assert demotion(np.array([0.0, 1.0, 6.0, math.nan])).tolist() == [0.0, 0.375, 2.25, 0.0]
    assert demotion_of(None) == 0.0
    assert demotion_of(4) == 1.5


def test_codes_of_a_newer_contract_are_left_out():
    seen = task_inputs("task", TASK | {"type": "of a newer contract", "skills": ["new", "driving"]}, today=TODAY)
    assert "type" not in seen
    assert seen["skills_asked_mask"] == 1
    assert len(TASK_TYPES.codes) <= 31
