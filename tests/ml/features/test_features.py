import math

import numpy as np
import pytest

from ml.features import FEATURE_NAMES, FEATURES, MONOTONE, RULES, TABLES, VALUES, fit_table, matrix, schema_hash
from ml.features.operations import OPERATIONS
from ml.features.programs import ProgramError, evaluate, names_in
from ml.features.rules import RULE_VALUES
from ml.inputs import INPUTS, columns
from mobile_contract.vocabulary import CATEGORIES, NEEDS
from tests.ml.features.made import features, inputs


def test_distance_is_in_whole_metres():
    assert features()["distance_m"] == 5000  # 3 km east, 4 km north
    assert features(group={"easting": 570_001, "northing": 206_001})["distance_m"] == 1  # the root of 2, cut


def test_distance_is_seen_against_how_far_and_how_the_person_travels():
    assert features()["distance_of_reach"] == 5 / 6
    assert features(person={"max_km": None})["distance_of_reach"] == 2.5  # on foot, 2 km are usual
    assert features()["travel_minutes"] == 75
    assert features(person={"travel": "car"})["travel_minutes"] == 15
    assert [features(person={"travel": way})["travel_band"] for way in ("walk", "bus", "car")] == [4, 3, 1]


def test_what_comes_to_the_person_is_no_distance_away():
    for name in ("online", "at_home"):
        assert features(group={name: True, "easting": None})["distance_m"] == 0


def test_what_nobody_recorded_is_a_middling_case_and_never_the_best():
    unplaced = features(group={"easting": None}, person={"max_km": 8})
    assert [unplaced["distance_m"], unplaced["distance_of_reach"], unplaced["nearness"]] == [8000, 1, 1 / 9]
    assert features(schedules=())["next_days"] == 14
    assert [features(group={"cost_pence": None})[name] for name in ("cost_pence", "free")] == [300, 0]
    for missing in ({"easting": None}, {"cost_pence": None}):
        known = features(person={"max_km": 8})
        blank = features(group=missing, person={"max_km": 8})
        best_of_all = features(group={"easting": None, "cost_pence": 0, "online": True}, person={"max_km": 8})
        for feature in FEATURES:
            if feature.family in ("distance", "cost"):
                assert feature.sign * blank[feature.name] <= feature.sign * best_of_all[feature.name]
                assert not math.isnan(blank[feature.name] + known[feature.name])


def test_needs_are_answered_by_the_best_of_the_categories():
    walking, both = features(), features(group={"other_categories": ["social_group"]})
    assert [walking[name] for name in ("main_fit", "first_category_fit", "other_fit")] == [3, 3, 4]
    assert [both[name] for name in ("main_fit", "first_category_fit", "other_fit")] == [4, 3, 4]
    assert [walking["needs_well_met"], walking["needs_met"]] == [2, 2]


def test_without_a_main_need_every_need_is_a_main_one():
    seen = features(referral={"main_need": None})
    assert [seen["main_fit"], seen["other_fit"]] == [4, 0]


def test_whoever_gives_time_takes_part_and_is_not_served():
    role = features(
        kind="opportunity", group={"category": "money_advice"}, referral={"needs": ["money"], "main_need": "money"}
    )
    assert role["main_fit"] < 3
    purpose = {"needs": ["purpose"], "main_need": "purpose"}
    assert features(kind="opportunity", group={"category": "money_advice"}, referral=purpose)["main_fit"] == 4


def test_slots_count_where_they_meet_the_persons():
    seen = features()
    assert [seen["slots_common"], seen["slots_any"], seen["next_days"]] == [1, 1, 2]
    assert features(person={"availability": ["tue_am"]})["slots_any"] == 0
    unknown = features(schedules=())
    assert math.isnan(unknown["slots_common"])
    assert [unknown["slots_any"], unknown["times_unknown"]] == [0, 1]


def test_access_counts_what_is_met_and_what_is_lacking():
    seen = features(person={"access_needs": ["step_free", "quiet_space", "parking"]})
    assert [seen["access_met"], seen["access_lacking"]] == [1, 2]


def test_cost_is_seen_against_the_budget():
    assert features()["cost_of_budget"] == 0.5
    assert features(referral={"budget_pence": None})["cost_of_budget"] == 0.2
    assert [features(group={"cost_pence": 0})["free"], features(group={"cost_pence": None})["free"]] == [1, 0]


def test_a_group_suits_by_its_size():
    assert [features(group={"group_size": size})["group_fit"] for size in (1, 8, 20, 21, None)] == [2, 4, 2, 0, 1]


def test_a_group_is_the_closer_to_what_is_wanted_the_less_often_one_goes_into_the_other():
    def closeness(wanted, *sizes):
        person = {"group_preference": wanted}
        return [features(person=person, group={"group_size": size})["group_closeness"] for size in sizes]

    # a small group is taken to be of 5: 20 is four times as many, and the root of a quarter is a half
    assert closeness("small", 5, 20, None) == [1, 0.5, 0.4]
    assert closeness("one_to_one", 1, 4) == [1, 0.5]
    assert closeness("any", 1, 40, None) == [0.6, 0.6, 0.6]


def test_history_is_smoothed_and_the_untried_are_named():
    seen = features()
    assert [seen["take_up"], seen["start_rate"], seen["sustain_rate"]] == [10 / 100, 8 / 13, 5 / 10]
    assert [seen["places_share"], seen["load"], seen["untried"]] == [0.4, 0.5, 0]
    new = features(counts=None)
    assert [new["take_up"], new["start_rate"], new["places_share"], new["untried"]] == [0.1, 0.5, 1, 1]


def test_no_feature_reads_age_audience_or_who_the_person_is():
    programs = VALUES | RULE_VALUES
    allowed = set(INPUTS) - {"age_low", "age_high", "min_age", "max_age", "audience", "may_join"}

    def read(name):
        inside = set(names_in(programs[name])) - {name} if name in programs else set()
        return {name} & set(INPUTS) | {deeper for each in inside for deeper in read(each)}

    for feature in FEATURES:
        reads = {deeper for name in names_in(feature.program) for deeper in read(name)}
        assert reads <= allowed, feature.name


def test_only_operations_that_every_engine_rounds_alike_are_used():
    def used(program):
        if isinstance(program, tuple):
            yield program[0]
            for argument in program[1:]:
                yield from used(argument)

    programs = [*VALUES.values(), *RULE_VALUES.values(), *[f.program for f in FEATURES], *[r.excludes for r in RULES]]
    assert {name for program in programs for name in used(program)} <= set(OPERATIONS)
    assert not {"exp", "log", "pow", "sin"} & set(OPERATIONS)


@pytest.mark.parametrize("name", [name for name, sign in zip(FEATURE_NAMES, MONOTONE, strict=True) if sign])
def test_a_sign_is_one_or_minus_one(name):
    assert MONOTONE[FEATURE_NAMES.index(name)] in (-1, 1)


def test_the_matrix_is_one_contiguous_array_and_a_missing_input_is_nan():
    many = {name: np.repeat(column, 7) for name, column in inputs().items()}
    X = matrix(many)
    assert X.shape == (7, len(FEATURE_NAMES))
    assert X.flags.c_contiguous
    assert np.isfinite(X).all()
    del many["max_km"]
    assert matrix(many)[0, FEATURE_NAMES.index("distance_of_reach")] == 2.5


def test_query_inputs_may_be_given_once_for_all_rows():
    once = inputs()
    items = {
        name: np.repeat(column, 3) if name in ("easting", "cost_pence") else column for name, column in once.items()
    }
    assert np.array_equal(matrix(items), np.repeat(matrix(once), 3, axis=0))
    with pytest.raises(ValueError, match="different lengths"):
        matrix(items | {"northing": np.zeros(2)})


def test_a_program_that_names_what_does_not_exist_is_an_error():
    for program, said in ((("power", 2, 3), "operation"), ("#nothing", "table"), ("nothing", "value")):
        with pytest.raises(ProgramError, match=said):
            evaluate({"x": program}, TABLES, {})


def test_the_schema_hash_moves_with_a_program(monkeypatch):
    before = schema_hash()
    assert schema_hash() == before
    monkeypatch.setitem(VALUES, "capacity", ("max", 1, 2))
    assert schema_hash() != before


def test_every_need_has_a_perfect_answer_and_nothing_open_ended_is_ruled_out():
    fits = fit_table()
    assert fits.shape == (len(NEEDS.codes), len(CATEGORIES.codes))
    assert (fits.max(axis=1) == 4).all()
    assert (fits[:, [CATEGORIES.codes.index(name) for name in ("other", "community_venue")]] >= 1).all()
    assert fits[NEEDS.codes.index("money"), CATEGORIES.codes.index("sport")] == 0


def test_a_relative_of_a_good_answer_is_worth_a_look():
    assert fit_table()[NEEDS.codes.index("transport"), CATEGORIES.codes.index("home_help")] == 2  # named
    assert fit_table()[NEEDS.codes.index("safety"), CATEGORIES.codes.index("recovery")] == 1  # kin of safety support


def test_columns_turn_none_and_absent_into_nan():
    seen = columns({"max_km": None}, [{"easting": 1.0}, {}])
    assert np.isnan(seen["max_km"]).all()
    assert seen["easting"].tolist()[0] == 1.0
    assert np.isnan(seen["easting"][1])
