"""LaTeX as authors write it: commands of their own, siunitx, stacked heads, notes, chapters, files that are input."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.audit.extract.common.latex_text import plain
from halfcell.core.errors import InputError
from halfcell.core.printed_document import Paper

ARTICLE = r"""\documentclass{book}
\newcommand{\mahg}{mAh\,g$^{-1}$}
\newcommand{\cell}[1]{Si/\ce{CoSi2}-#1}
\def\ice{ICE}
\DeclareSIUnit{\mAh}{mAh}
\begin{document}
\begin{abstract}Anodes were tested in half cells. They delivered \SI{3916.2}{\mAh\per\gram}.\end{abstract}
\chapter{Introduction}
Text \cite{a,b} with 5\,\%. See Table~\ref{tab:one}.

The electrode delivered 1147.4~\mahg{} after 100 cycles.
\begin{equation} C = \frac{26.8 n}{M} \end{equation}
\chapter{Results}
\begin{table}\begin{threeparttable}
  \caption[short]{First cycles of anodes.\label{tab:one}}
  \begin{tabular}{@{}lS[table-format=4.1]S@{}} \toprule
    & \multicolumn{1}{c}{Initial capacity (\si{\milli\ampere\hour\per\gram})} & {\makecell{\ice\tnote{a}\\(\%)}} \\
    \cmidrule(lr){2-2}
    \cell{5} & 3582.4\tnote{b} & \textbf{88.4} \\ \bottomrule
  \end{tabular}
  \begin{tablenotes}\item[a] Initial Coulombic efficiency. \item[b] Mean of two.\end{tablenotes}
\end{threeparttable}\end{table}
\begin{table}
\begin{tabular}{lcc} \hline
\begin{tabular}[c]{@{}l@{}}Sample\\ name\end{tabular} & \shortstack{Mass\\(\unit{\milli\gram})} & \num{12.5}\\ \hline
A & 3582.4$\pm$1.2 & $1.2\times10^{3}$ \\ \hline
\end{tabular}
\caption{Caption below.}
\end{table}
\input{other}
\end{document}"""


def _paper(folder: Path, text: str) -> Paper:
    path = folder / "a.tex"
    path.write_text(text, encoding="utf-8")
    return extract(path)


def test_an_article(tmp_path: Path) -> None:
    (tmp_path / "other.tex").write_text(
        r"\begin{table}\caption{Other}\begin{tabular}{lc}S & ICE (\%)\\ A & 83.6\end{tabular}\end{table}"
    )
    paper = _paper(tmp_path, ARTICLE)
    one, two, three = paper.tables
    assert [t.name for t in paper.tables] == ["Table 2.1", "Table 2.2", "Table 2.3"]
    assert one.texts() == [["", "Initial capacity (mAh g-1)", "ICEa\n(%)"], ["Si/CoSi2-5", "3582.4b", "88.4"]]
    assert one.at[0, 2].markup == "ICE^{a}\n(%)"
    assert one.notes == ("a Initial Coulombic efficiency.", "b Mean of two.")
    assert two.texts() == [["Sample\nname", "Mass\n(mg)", "12.5"], ["A", "3582.4 ± 1.2", "1.2 × 103"]]
    assert (two.caption, three.caption) == ("Caption below.", "Other")
    assert paper.paragraphs[:3] == (
        "Abstract",
        "Anodes were tested in half cells. They delivered 3916.2 mAh g-1.",
        "Introduction Text with 5 %. See Table 2.1.",
    )
    assert "The electrode delivered 1147.4 mAh g-1 after 100 cycles." in paper.paragraphs


def test_numbers_of_a_supplement(tmp_path: Path) -> None:
    text = r"\renewcommand{\thetable}{S\arabic{table}}\begin{document}" + "".join(
        rf"\begin{{table}}\caption{{C}}\begin{{tabular}}{{ll}}a & {n}\\ b & 2\end{{tabular}}\end{{table}}"
        for n in (1, 3)
    )
    assert [t.name for t in _paper(tmp_path, text).tables] == ["Table S1", "Table S2"]


def test_a_file_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("do not read")
    folder = tmp_path / "paper"
    folder.mkdir()
    assert "do not read" not in str(_paper(folder, r"Text \input{../secret} more text"))


def test_a_command_that_stands_for_itself_ends(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="commands"):
        _paper(tmp_path, r"\newcommand{\a}{" + r"\a\a\a\a\a\a\a\a\a\a" * 20 + r"} \a text")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\SI{0.785}{\centi\metre\squared}", "0.785 cm2"),
        (r"\SI{0.785}{\square\centi\metre}", "0.785 cm2"),
        (r"\si{\milli\ampere\per\centi\metre\squared}", "mA cm-2"),
        (r"\si{\ohm\centi\metre\squared}", "Ω cm2"),
        (r"\si{\ohm\square\centi\metre}", "Ω cm2"),
        (r"\SI{3}{\centi\metre\cubed}", "3 cm3"),
    ],
)
def test_powers_of_siunitx_before_and_behind_the_unit(source: str, text: str) -> None:
    assert " ".join(plain(source).split()) == text
