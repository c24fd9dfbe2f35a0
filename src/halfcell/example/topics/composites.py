"""Example items that show several techniques in one figure; their raw files come from the topics of the techniques."""

from halfcell.example.topic import Topic

_ITEMS = """
[[figure]]
id = "S2"
caption = "Structural and electrochemical comparison of Si/M (M = Al, Zn, Sn) composites with 10 wt% metal. XRD patterns of a Si/Al-10, b Si/Zn-10 and c Si/Sn-10. Voltage profiles of d Si/Al-10, e Si/Zn-10 and f Si/Sn-10 during the first cycle."
columns = 3
width_mm = 180
panels = [
  { technique = "xrd", show = "pattern", samples = ["Si/Al-10"], set = { phases = ["Si", "Al"] } },
  { technique = "xrd", show = "pattern", samples = ["Si/Zn-10"], set = { phases = ["Si", "Zn"] } },
  { technique = "xrd", show = "pattern", samples = ["Si/Sn-10"] },
  { technique = "cycling", show = "voltage profile", samples = ["Si/Al-10"] },
  { technique = "cycling", show = "voltage profile", samples = ["Si/Zn-10"] },
  { technique = "cycling", show = "voltage profile", samples = ["Si/Sn-10"] },
]

[[figure]]
id = "S26"
caption = "Phase evolution of the Sn reference anode at the pristine state, fully lithiated state (0.01 V), and delithiated state (2.0 V). a Ex situ XRD patterns and b ex situ Sn K-edge EXAFS spectra, not phase-corrected."
columns = 2
width_mm = 180
panels = [
  { technique = "xrd", show = "pattern", samples = ["Sn"], set = { phases = ["beta-Sn", "Li17Sn4"], holder = ["Cu"] } },
  { technique = "exafs", show = "chi(R)", samples = ["Sn"] },
]
"""  # noqa: E501

TOPIC = Topic(items=_ITEMS)
