"""Whether two questions go together in the population, told from a sample of unequal chances and clusters."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from learnin.compute.survey.arrays import Real
from learnin.compute.survey.design import Design
from learnin.compute.survey.estimating import studied
from learnin.compute.survey.groups import grouped
from learnin.compute.survey.items import Count
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.rows import degrees
from learnin.compute.survey.sources import Source
from learnin.compute.survey.study import joint_variance, linear
from learnin.compute.survey.sums import Level


@dataclass(frozen=True, eq=False)
class Association:
    """A table of two questions and its tests of independence. The first to read is `f` with its `p`.

    Args:
        rows, columns: answers to either question. counts: people, shape (rows, columns). n: answers.
        design_df: degrees of freedom of the design, of those who answered both.
        chi2: Pearson's statistic of shares, times n. df: (rows - 1) (columns - 1).
        p_first: of chi2 over the mean design effect, with df (Rao and Scott, first order).
        f, ndf, ddf, p: chi2 over the sum of the design effects, by F (second order, after Thomas and Rao).
        wald, p_wald: Wald's statistic over df, by F with df and design_df.
        wald_adjusted, wald_ddf, p_wald_adjusted: the same with degrees of freedom that make up for small designs.
    """

    rows: tuple[Level, ...]
    columns: tuple[Level, ...]
    counts: Real
    n: int
    design_df: float
    chi2: float
    df: int
    p_first: float
    f: float
    ndf: float
    ddf: float
    p: float
    wald: float
    p_wald: float
    wald_adjusted: float
    wald_ddf: float
    p_wald_adjusted: float


def test_table(source: Source, design: Design, first: str, second: str) -> Association:
    """Test whether two questions are independent in the population; who left one out is left out.

    Args:
        source: one row per respondent, as for `estimate`. design: how the sample was drawn and weighted.
        first: column of the rows. second: column of the columns.
    Raises:
        CannotEstimate: as `estimate`; table_too_small where a question has one answer only; table_without_variance
            where there is nothing to compare it with.
    Source: Rao and Scott (1984), Annals of Statistics 12; Thomas and Rao (1987), Journal of the American Statistical
        Association 82; Koch, Freeman and Freeman (1975), Int. Statistical Review 43; docs/methods/chi-square.md.

    >>> import pyarrow as pa
    >>> answers = pa.table({"w": [1] * 8, "a": list("xxxxyyyy"), "b": list("uuuvuvvv")})
    >>> found = test_table(answers, Design("w"), "a", "b")
    >>> found.chi2, round(found.f, 4), round(found.p, 4)
    (2.0, 1.75, 0.2275)
    """
    study, [part] = studied(source, design, [Count()], [(first, second)])
    groups = grouped(study.cells, study.frame, (first, second), {})
    one = linear(part, groups)
    rows, columns = (sorted({domain[at][1] for domain in groups.domains}) for at in (0, 1))  # type: ignore[type-var]
    if len(rows) < 2 or len(columns) < 2:
        raise CannotEstimate("table_too_small", keys=[first, second])
    place = [rows.index(domain[0][1]) * len(columns) + columns.index(domain[1][1]) for domain in groups.domains]
    k = len(rows) * len(columns)
    counts, v = np.zeros(k), np.zeros((k, k))
    counts[place] = one.value
    v[np.ix_(place, place)] = joint_variance(study, [one])
    if not v.any():
        raise CannotEstimate("table_without_variance", keys=[first, second])
    of_shares = None
    if study.replicated:
        of_shares = np.zeros((k, k))
        of_shares[np.ix_(place, place)] = study.replicated.shares(one)
    n = float(groups.active.sum())
    shares = _Shares(counts / counts.sum(), v / counts.sum() ** 2, (len(rows), len(columns)), n, of_shares)
    try:
        return _tested(shares, (tuple(rows), tuple(columns)), counts, float(degrees(study, groups.together)[0]))
    except np.linalg.LinAlgError:
        raise CannotEstimate("table_without_variance", keys=[first, second]) from None


@dataclass(frozen=True, eq=False)
class _Shares:
    """The shares of all cells, row by row; covariances of the counts over their squared sum; how many answered."""

    p: Real
    counted: Real
    shape: tuple[int, int]
    n: float
    replicated: Real | None

    @property
    def v(self) -> Real:
        """The covariances of the shares: from their replicates, or to first order from those of the counts."""
        if self.replicated is not None:
            return self.replicated
        slopes = np.eye(len(self.p)) - self.p[:, None]
        return np.asarray(slopes @ self.counted @ slopes.T)

    @property
    def expected(self) -> Real:
        """The shares if both questions were independent."""
        table = self.p.reshape(self.shape)
        return np.outer(table.sum(axis=1), table.sum(axis=0)).ravel()

    @property
    def pearson(self) -> float:
        """Pearson's statistic of a simple random sample of as many answers."""
        with np.errstate(invalid="ignore", divide="ignore"):
            apart = np.where(self.expected > 0, (self.p - self.expected) ** 2 / self.expected, 0.0)
        return float(self.n * apart.sum())

    @property
    def effects(self) -> Real:
        """The matrix whose eigenvalues are the design effects of the interactions, shape (df, df)."""
        r, c = self.shape
        row, column = np.repeat(np.arange(r), c), np.tile(np.arange(c), r)
        single = [row == one for one in range(1, r)] + [column == one for one in range(1, c)]
        main = np.stack([np.ones(r * c), *single], axis=1)
        pairs = np.stack([(row == a) & (column == b) for b in range(1, c) for a in range(1, r)], axis=1).astype(float)
        apart = pairs - main @ np.linalg.lstsq(main, pairs, rcond=None)[0]
        with np.errstate(divide="ignore"):
            inverse = np.where(self.p > 0, 1 / self.p, 0.0)
        weighed = apart * inverse[:, None]
        return np.asarray(np.linalg.solve(apart.T @ weighed / self.n, weighed.T @ self.v @ weighed))

    @property
    def wald(self) -> float:
        """Wald's statistic of the counts less what independence would make them, over its degrees of freedom."""
        r, c = self.shape
        table, k = self.p.reshape(self.shape), (r - 1) * (c - 1)
        across, down = table.sum(axis=1), table.sum(axis=0)
        slopes = np.zeros((k, r * c))
        for at, (a, b) in enumerate((a, b) for a in range(r - 1) for b in range(c - 1)):
            slope = np.zeros(self.shape)
            slope[a, b] += 1
            slope[a, :] -= down[b]
            slope[:, b] -= across[a]
            slope += across[a] * down[b]  # counts, not shares: their sum is estimated too
            slopes[at] = slope.ravel()
        apart = (self.p - self.expected).reshape(self.shape)[: r - 1, : c - 1].ravel()
        return float(apart @ np.linalg.solve(slopes @ self.counted @ slopes.T, apart)) / k


def _tested(
    shares: _Shares, levels: tuple[tuple[Level, ...], tuple[Level, ...]], counts: Real, nu: float
) -> Association:
    """The tests, from the shares and the degrees of freedom of the design."""
    effects, chi2, wald = shares.effects, shares.pearson, shares.wald
    df, trace = len(effects), float(np.trace(effects))
    ndf = trace**2 / float(np.trace(effects @ effects))
    f, wald_ddf = chi2 / trace, nu - df + 1
    adjusted = wald * wald_ddf / nu
    return Association(
        rows=levels[0], columns=levels[1], counts=counts.reshape(shares.shape), n=int(shares.n), design_df=nu,
        chi2=chi2, df=df, p_first=float(special.chdtrc(df, chi2 / (trace / df))),
        f=f, ndf=ndf, ddf=ndf * nu, p=float(special.fdtrc(ndf, ndf * nu, f)),
        wald=wald, p_wald=float(special.fdtrc(df, nu, wald)),
        wald_adjusted=adjusted, wald_ddf=wald_ddf, p_wald_adjusted=float(special.fdtrc(df, wald_ddf, adjusted)),
    )  # fmt: skip
