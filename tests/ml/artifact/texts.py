"""A pack's trees written as LightGBM's model text, so that LightGBM itself can say what their scores are."""

import lightgbm


def booster_of(trees, columns):
    """LightGBM's own booster of a pack's trees, as `ml.models.artifact` lists them."""
    names = [f"c{i}" for i in range(columns)]
    bodies = [_tree(number, tree) for number, tree in enumerate(trees)]
    head = [
        "tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "label_index=0",
        f"max_feature_idx={columns - 1}", "objective=regression", f"feature_names={' '.join(names)}",
        f"feature_infos={' '.join('none' for _ in names)}", f"tree_sizes={' '.join(str(len(body)) for body in bodies)}",
        "", "",
    ]  # fmt: skip
    tail = ["end of trees", "", "parameters:", "end of parameters", ""]
    return lightgbm.Booster(model_str="\n".join(head) + "".join(bodies) + "\n".join(tail))


def _tree(number, tree):
    column, threshold, decision, left, right, leaf, _, words = tree
    edges = [0]
    for each in words:
        edges.append(edges[-1] + len(each))
    parts = {
        "leaf_value": leaf, "split_feature": column, "decision_type": decision,
        "left_child": left, "right_child": right,
        "threshold": ["inf" if value is None else repr(value) for value in threshold],
        "cat_boundaries": edges if words else [], "cat_threshold": [word for each in words for word in each],
        "split_gain": [0] * len(column), "leaf_weight": [], "leaf_count": [], "internal_value": [0] * len(column),
        "internal_weight": [0] * len(column), "internal_count": [0] * len(column),
    }  # fmt: skip
    lines = [f"{name}={' '.join(map(str, values))}" for name, values in parts.items() if values]
    head = [f"Tree={number}", f"num_leaves={len(leaf)}", f"num_cat={len(words)}"]
    return "\n".join([*head, *lines, "is_linear=0", "shrinkage=1", "", "", ""])
