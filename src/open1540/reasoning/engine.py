"""One run of HiGHS, always on one thread and from the same seed, so that the same model gives the same answer."""

from collections.abc import Sequence
from math import inf

import highspy
import msgspec

from open1540.reasoning.model import Model, Terms
from open1540.vocabulary import JobFailed

SEED = 1540


class Run(msgspec.Struct, frozen=True):
    """What came of a run.

    Attributes:
        feasible: whether values were found; None where time ran out before it was known.
        values: of all quantities; empty where none were found.
        least: value of what was made small; bound: no values can be below it.
        stopped: ``gap`` where the wanted gap was reached, ``time`` where the time was over first, ``effort`` where
            as many branches were tried as were allowed.
    """

    feasible: bool | None
    values: tuple[float, ...]
    least: float
    bound: float
    stopped: str


class _Silent(highspy.Highs):
    """HiGHS without callbacks: switching them on prints a banner before anything can be said about printing."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's own name
        """Switch nothing on."""


def quiet() -> highspy.Highs:
    """A solver that prints nothing and always takes the same way."""
    solver = _Silent()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", SEED)
    return solver


def minimise(
    model: Model,
    costs: Terms,
    *,
    gap: float,
    seconds: float,
    start: Sequence[float] | None = None,
    nodes: int | None = None,
) -> Run:
    """Make a sum as small as can be. Raises JobFailed where HiGHS ends in a way that is no answer."""
    solver = quiet()
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("time_limit", max(seconds, 0.1))
    solver.passModel(model.as_highs(costs))
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        solver.setSolution(solution)
    solver.run()
    return _run(solver)


def _run(solver: highspy.Highs) -> Run:
    status = solver.getModelStatus()
    info = solver.getInfo()
    ended = highspy.HighsModelStatus
    if status in (ended.kInfeasible, ended.kUnboundedOrInfeasible):
        return Run(False, (), inf, inf, "gap")
    if status not in (ended.kOptimal, ended.kTimeLimit, ended.kSolutionLimit):
        raise JobFailed(
            f"a model that ends as {solver.modelStatusToString(status)!r}",
            expected="an optimum, a proof that there is none, or the end of the time given",
            where="the solver HiGHS",
            remedy="give every quantity that is an aim a bound",
        )
    stopped = {ended.kOptimal: "gap", ended.kTimeLimit: "time", ended.kSolutionLimit: "effort"}[status]
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Run(None, (), inf, -inf, stopped)
    whole = info.mip_node_count >= 0
    bound = info.mip_dual_bound if whole else info.objective_function_value
    return Run(True, tuple(solver.getSolution().col_value), info.objective_function_value, bound, stopped)
