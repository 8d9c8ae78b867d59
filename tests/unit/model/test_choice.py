"""Choices are enumerations whose members are told apart as objects."""

from hengji.model.choice import Choice


class Answer(Choice):
    ONE = "一"
    TWO = "二"


def test_a_member_is_hashed_as_an_object() -> None:
    assert hash(Answer.ONE) == object.__hash__(Answer.ONE)
    assert {Answer.ONE: 1, Answer.TWO: 2}[Answer("一")] == 1
