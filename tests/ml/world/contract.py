"""Judges a set of documents by the contract, as a server would."""

from mobile_contract.schemas import KINDS, SCHEMAS


def faults(documents):
    """Every document that the contract refuses, or would keep otherwise than it was written."""
    found = {}
    for kind, docs in documents.items():
        schema = SCHEMAS[kind]()
        for key, doc in docs.items():
            errors = schema.validate(doc)
            kept = {} if errors else schema.load(doc)
            if errors or any(kept[name] != value for name, value in doc.items()):
                found[kind, key] = errors or "kept otherwise"
    return found


def dangling(documents):
    """Every reference to a record that is not there."""
    return [
        (kind, key, name)
        for kind, docs in documents.items()
        for name, rule in KINDS[kind].fields.items()
        if rule.refers_to
        for key, doc in docs.items()
        if doc.get(name) is not None and doc[name] not in documents[rule.refers_to]
    ]


def not_telling(documents):
    """Every record that could say that it is made up and does not."""
    return [
        (kind, key)
        for kind, docs in documents.items()
        if "made_up" in KINDS[kind].fields
        for key, doc in docs.items()
        if doc.get("made_up") is not True
    ]
