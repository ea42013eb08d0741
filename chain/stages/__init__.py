"""The stages of the walk in the order of the chain, each through the operations that the pages use."""

from chain.stages import (
    agreeing,
    arriving,
    asking,
    collecting,
    covering,
    finding,
    framing,
    leaving,
    measuring,
    planning,
    registering,
    relating,
    reporting,
    sampling,
    taskforce,
    weighing,
)
from chain.walk import Stage

STAGES: tuple[tuple[str, Stage], ...] = (
    ("Task force", taskforce.establish),
    ("Assessment", planning.assess),
    ("Frame from the real register", framing.frame),
    ("Sample of two stages", sampling.draw),
    ("Real XLSForm published", asking.publish),
    ("Answers over OpenRosa", collecting.collect),
    ("Weights", weighing.weigh),
    ("Indicators", measuring.measure),
    ("Findings", finding.find),
    ("Report", reporting.report),
    ("Real IATI file", registering.from_iati),
    ("Real table of initiatives", registering.from_table),
    ("Confirmed by hand", registering.confirm),
    ("Related initiatives found", relating.relate),
    ("Pairs judged", relating.judge),
    ("Agreement", agreeing.agree),
    ("Files of the register", leaving.leave),
    ("Coverage", covering.cover),
    ("Route", arriving.arrive),
)
