"""The page in Streamlit: ``python -m streamlit run streamlit_page.py --server.port PORT``."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from content import CELLS, STUDIES, X, Y

st.title("Studies")
st.write(STUDIES)
st.plotly_chart(go.Figure(go.Scattergl(x=X, y=Y)))
st.data_editor(pd.DataFrame(CELLS))
st.file_uploader("Drop a raw file", accept_multiple_files=True)
