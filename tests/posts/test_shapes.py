"""Pages composed of parts, hundreds of shapes of them → posts. See `shapes.py`."""

from __future__ import annotations

import pytest
from tests.posts.shapes import ORDERS, Shape, shapes, wrong

SAMPLE, LEAST = 220, 0.95


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_of_headline_author_time_and_text_is_read(order: str) -> None:
    for seed in range(3):
        assert not wrong(Shape(order=order, seed=seed))


def test_nearly_all_shapes_of_a_sample_are_read_exactly() -> None:
    sample = shapes(SAMPLE, seed=31)
    bad = {shape: found for shape in sample if (found := wrong(shape))}
    assert len(bad) <= (1 - LEAST) * SAMPLE, "\n".join(f"{shape}: {found}" for shape, found in bad.items())
