"""A picture of another file in the corner of one, and the scale bars of reciprocal space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.figure import Image
from halfcell.techniques import electron_diffraction, particle_size
from halfcell.techniques.load import load_technique
from halfcell.techniques.microscopy import Parameters, Settings, inset_picture, simulate

if TYPE_CHECKING:
    from halfcell.core.figure import Panel

TECHNIQUE = load_technique("microscopy")


def _image(panel: Panel) -> Image:
    return next(layer for layer in panel.layers if isinstance(layer, Image))


def test_a_diffraction_pattern_stands_in_the_corner_with_its_own_bar() -> None:
    pattern = electron_diffraction.simulate(
        electron_diffraction.Parameters(pixels=400, stated_scale_per_nm=0.05), np.random.default_rng(1)
    )
    text = inset_picture(pattern, Settings())
    picture = simulate(Parameters(), np.random.default_rng(2))
    result = TECHNIQUE.analyse(picture, Settings(inset_picture=text, inset_place="lower right"))
    (panel,) = TECHNIQUE.figures["micrograph"]([result]).panels
    assert panel.inset is not None
    inset = _image(panel.inset)
    assert inset.scale_bar == (5.0, "5 nm^{−1}")
    assert inset.extent == pytest.approx((0.0, 20.0, 0.0, 20.0))
    assert inset.values.max() <= 1.0
    assert panel.inset_box[0] > 0.5
    assert panel.inset_box[1] < 0.1


def test_a_lattice_picture_in_the_corner_keeps_its_length() -> None:
    picture = simulate(Parameters(), np.random.default_rng(2))
    result = TECHNIQUE.analyse(picture, Settings(inset_picture=inset_picture(picture, Settings())))
    (panel,) = TECHNIQUE.figures["micrograph"]([result]).panels
    assert panel.inset is not None
    own, inset = _image(panel), _image(panel.inset)
    assert inset.extent[1] == pytest.approx(own.extent[1], rel=0.02)
    assert inset.scale_bar == own.scale_bar


def test_what_is_no_picture_is_refused() -> None:
    sizes = particle_size.simulate(particle_size.Parameters(), np.random.default_rng(1))
    with pytest.raises(InputError, match="no picture"):
        inset_picture(sizes, Settings())
    picture = simulate(Parameters(), np.random.default_rng(2))
    result = TECHNIQUE.analyse(picture, Settings(inset_picture="raw/saed/x.dm3"))
    with pytest.raises(InputError, match="was not read"):
        TECHNIQUE.figures["micrograph"]([result])


def test_transforms_have_a_bar_in_reciprocal_length() -> None:
    """0.02 nm per pixel: 25 1/nm are the highest frequency; without fringes all of it is shown."""
    picture = simulate(Parameters(), np.random.default_rng(2))
    result = TECHNIQUE.analyse(picture, Settings(regions=((200.0, 200.0, 200.0),), bar_place="upper right"))
    _, transform = TECHNIQUE.figures["lattice fringes"]([result]).panels
    image = _image(transform)
    assert image.scale_bar is not None
    length, text = image.scale_bar
    assert text == f"{length:g} nm^{{−1}}"
    assert 0.05 < length / (image.extent[1] - image.extent[0]) <= 0.27
    assert image.bar_look[0] == "lower right"
    assert transform.x.high is not None
    assert image.extent[1] >= transform.x.high
