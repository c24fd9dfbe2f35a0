"use strict";
(() => {
  const body = document.body;
  const study = body.dataset.study;
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const message = (text, bad) => {
    const box = document.createElement("p");
    box.className = bad ? "banner failed" : "told";
    box.setAttribute("role", bad ? "alert" : "status");
    box.textContent = text;
    one("#message").replaceChildren(box);
  };

  // Figures: drawn by plotly from the data that the server has thinned; a zoom asks for the range in full.
  const asked = new WeakMap();
  const address = (box, more) => {
    const found = new URL(box.dataset.plot, location.href);
    for (const [key, value] of Object.entries(more || {})) found.searchParams.set(key, value);
    return found;
  };
  const take = async (box, more) => {
    const answer = await fetch(address(box, more), { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim());
    return answer.json();
  };
  const draw = async (box) => {
    if (typeof Plotly === "undefined") return;
    try {
      const plot = await take(box);
      const width = plot.layout.meta.width;
      box.replaceChildren();
      box.style.height = plot.layout.height + "px";
      box.style.maxWidth = Math.max(width, 480) + "px";
      box.style.minWidth = Math.min(width, 600) + "px";
      await Plotly.react(box, plot.data, plot.layout, { ...plot.config, responsive: true });
      box.dataset.drawn = "yes";
      if (!box.dataset.listens) {
        box.dataset.listens = "yes";
        box.on("plotly_relayout", (change) => zoomed(box, change));
      }
    } catch (error) {
      box.replaceChildren(Object.assign(document.createElement("p"), { className: "wait", textContent: "The figure could not be drawn." }));
      console.warn(error);
    }
  };
  const zoomed = (box, change) => {
    const found = Object.keys(change).find((key) => /^xaxis\d*\.range\[0\]$/.test(key) || /^xaxis\d*\.autorange$/.test(key));
    if (!found) return;
    const axis = found.split(".")[0], at = Number(axis.slice(5) || 1) - 1;
    clearTimeout(asked.get(box));
    asked.set(box, setTimeout(async () => {
      const ends = found.endsWith("autorange") ? null : [change[axis + ".range[0]"], change[axis + ".range[1]"]];
      const isLog = box.layout[axis].type === "log";
      const range = ends && ends.map((end) => (isLog ? 10 ** end : Number(end))).sort((a, b) => a - b);
      const plot = await take(box, range ? { panel: at, low: range[0], high: range[1] } : {}).catch(() => null);
      if (!plot) return;
      const short = axis.replace("axis", "");
      const traces = plot.data.map((trace, index) => [trace, index]).filter(([trace]) => (trace.xaxis || "x") === short);
      const old = box.data.filter((trace) => (trace.xaxis || "x") === short).length;
      if (traces.length !== old) return;
      Plotly.restyle(box, { x: traces.map(([trace]) => trace.x), y: traces.map(([trace]) => trace.y) }, traces.map(([, index]) => index));
    }, 250));
  };
  const drawAll = () => {
    all(".plot[data-plot]:not([data-drawn])").forEach(draw);
    for (const box of all(".scroll:not([tabindex])")) {  // what scrolls can be scrolled by keys, too
      if (box.scrollWidth <= box.clientWidth) continue;
      const table = one("table", box);
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", (table && table.getAttribute("aria-label")) || "Table");
    }
  };
  all("[data-plot-form] select").forEach((select) => select.addEventListener("change", () => {
    const box = one(".plot[data-plot]"), found = address(box);
    for (const other of all("[data-plot-form] select")) found.searchParams.set(other.name, other.value);
    box.dataset.plot = found.pathname + found.search;
    draw(box);
  }));

  // The twin: curves and numbers follow the sliders; the address keeps them.
  const twin = one("form[data-twin]");
  if (twin) {
    const rows = one("#twin-rows"), box = one(".plot[data-plot]");
    const first = new Map(new FormData(twin));
    let busy = false, again = false;
    const follow = async () => {
      if (busy) { again = true; return; }
      busy = true;
      const words = new URLSearchParams([...new FormData(twin)].filter(([key, value]) => first.get(key) !== value || location.search.includes(key)));
      box.dataset.plot = box.dataset.plot.split("?")[0] + "?" + words;
      history.replaceState(null, "", "?" + words);
      const plot = await take(box).catch((error) => { message(String(error.message), true); return null; });
      if (plot) rows.innerHTML = plot.rows;
      if (plot && box.dataset.drawn) Plotly.react(box, plot.data, plot.layout, { ...plot.config, responsive: true });
      busy = false;
      if (again) { again = false; follow(); }
    };
    twin.addEventListener("input", (event) => {
      one("output", event.target.closest(".field")).textContent = Number(event.target.value).toPrecision(4);
      follow();
    });
    twin.addEventListener("submit", (event) => event.preventDefault());
  }

  // The study lives: progress of a run, files changed by anybody.
  const isBusy = () => {
    const active = document.activeElement;
    const isTyping = active && active.matches("input:not([type=search]), textarea, select") && active.closest("main");
    return isTyping || all("main form").some((form) => form.dataset.touched) || one("#change:not(:empty)");
  };
  let waiting = false;
  const leave = () => {
    if (!isBusy()) return false;
    if (!waiting) message("This study has changed; the page follows when your change is written or the page is opened again.");
    waiting = true;
    return true;
  };
  const renew = async () => {
    if (!one("main[data-live]")) return;
    if (leave()) return;
    waiting = false;
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (leave()) return;  // somebody began to write meanwhile
    const open = all("main details[open] > summary").map((summary) => summary.textContent);
    const place = window.scrollY, found = one("#find") && one("#find").value;
    const scrolled = all(".controls, .settings").map((box) => box.scrollTop);
    one("main").dataset.stamp = one("main", page).dataset.stamp;
    one("main").replaceChildren(...one("main", page).childNodes);
    const undo = one("#undo-place", page);
    if (undo && one("#undo-place")) { one("#undo-place").replaceChildren(...undo.childNodes); htmx.process(one("#undo-place")); }
    htmx.process(one("main"));
    for (const summary of all("main details > summary")) if (open.includes(summary.textContent)) summary.parentElement.open = true;
    all(".controls, .settings").forEach((box, index) => { box.scrollTop = scrolled[index] || 0; });
    if (found) { one("#find").value = found; find(); }
    window.scrollTo(0, place);
    drawAll();
  };
  let soon = 0;
  const renewSoon = () => { clearTimeout(soon); soon = setTimeout(renew, 120); };
  if (study) {
    const source = new EventSource(study + "/events");
    let known = null;
    source.addEventListener("run", (event) => {
      const run = JSON.parse(event.data);
      const was = known;
      known = run;
      if (was === null) return;
      document.body.dispatchEvent(new CustomEvent("runChanged"));
      if (run.ended && (!was.ended || was.number !== run.number)) renewSoon();
    });
    source.addEventListener("files", (event) => {
      const main = one("main[data-live]");
      if (main && JSON.parse(event.data).stamp !== main.dataset.stamp) renewSoon();
    });
    window.addEventListener("pagehide", () => source.close());
    body.addEventListener("studyChanged", renewSoon);
  }
  body.addEventListener("input", (event) => {
    const form = event.target.closest("main form");
    if (form && event.target.type !== "search") form.dataset.touched = "yes";
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest ? event.detail.elt.closest("form") : null;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (form && (event.detail.successful || status === 409)) delete form.dataset.touched;
    if (status === 409) renewSoon();
    if (event.detail.successful && event.detail.target && event.detail.target.id === "message") one("#change") && one("#change").replaceChildren();
  });
  body.addEventListener("htmx:sendError", () => message("The app does not answer any more; is halfcell serve still running?", true));

  // Find in a list, and in the settings.
  const find = () => {
    const words = one("#find").value.toLowerCase();
    for (const entry of all("[data-words]:not(.field)")) entry.hidden = !entry.dataset.words.toLowerCase().includes(words);
  };
  body.addEventListener("input", (event) => {
    if (event.target.id === "find") find();
    if (event.target.classList.contains("find-setting")) {
      const words = event.target.value.toLowerCase().replace(/ /g, "_");
      for (const field of all(".field", event.target.closest("form")))
        field.hidden = !field.dataset.words.toLowerCase().replace(/ /g, "_").includes(words);
    }
  });

  // Tables: a cell becomes a field; the change is shown before it is written.
  const preview = (table, values) => {
    const source = { version: table.dataset.version, ...values };
    htmx.ajax("POST", table.dataset.action, { target: "#change", values: source }).then(() => {
      const change = one("#change");
      if (change.firstElementChild) change.scrollIntoView({ block: "nearest" });
      const write = one("#write-change");
      if (write) write.focus();
    });
  };
  body.addEventListener("click", (event) => {
    const cell = event.target.closest("table.edit .cell");
    if (cell) {
      const field = document.createElement("input");
      field.value = cell.textContent === "\u2007" ? "" : cell.textContent;
      field.setAttribute("aria-label", cell.getAttribute("aria-label"));
      cell.replaceWith(field);
      field.focus();
      field.select();
      let ended = false;
      const end = (send) => {
        if (ended) return;
        ended = true;
        field.replaceWith(cell);
        if (send && field.value !== (cell.textContent === "\u2007" ? "" : cell.textContent))
          preview(cell.closest("table"), { action: "cell", row: cell.dataset.row, head: cell.dataset.head, value: field.value });
      };
      field.addEventListener("keydown", (key) => {
        if (key.key === "Enter") end(true);
        if (key.key === "Escape") { end(false); cell.focus(); }
      });
      field.addEventListener("blur", () => end(true));
    }
    const remove = event.target.closest("table.edit .remove");
    if (remove) preview(remove.closest("table"), { action: "remove", row: remove.dataset.row });
    // the progress is replaced several times a second: its button is heard here, whenever it came
    const cancel = event.target.closest("#progress [data-post]");
    if (cancel) fetch(cancel.dataset.post, { method: "POST" }).then(() => body.dispatchEvent(new CustomEvent("runChanged")));
    if (event.target.closest(".close-change")) { one("#change").replaceChildren(); renewSoon(); }
  });

  // Files that are dropped or chosen are sent one after another, as they are.
  const send = async (form, files) => {
    for (const file of files) {
      const answer = await fetch(form.dataset.put + encodeURIComponent(file.name), {
        method: "PUT", body: file, headers: { "HX-Request": "true", "Content-Type": "application/octet-stream" },
      }).catch(() => null);
      if (!answer) { message(file.name + ": the app does not answer", true); continue; }
      const next = answer.headers.get("HX-Location");
      if (next) { location.href = next; return; }
      const made = document.createElement("div");
      made.innerHTML = await answer.text();
      if (!answer.ok) made.prepend(Object.assign(document.createElement("b"), { textContent: file.name }));
      one(form.dataset.target).append(made);
    }
    renewSoon();
  };
  all("form.drop").forEach((form) => {
    const over = (is) => (event) => { event.preventDefault(); form.classList.toggle("over", is); };
    form.addEventListener("dragover", over(true));
    form.addEventListener("dragleave", over(false));
    form.addEventListener("drop", (event) => { over(false)(event); send(form, event.dataTransfer.files); });
  });
  body.addEventListener("change", (event) => {
    const form = event.target.closest("form.drop");
    if (form) { send(form, event.target.files).then(() => { event.target.value = ""; }); }
  });
  body.addEventListener("submit", (event) => { if (event.target.matches("form.drop, [data-plot-form]")) event.preventDefault(); });

  // Numbers: a card with the origin.
  const card = one("#card");
  const close = () => { card.hidden = true; all(".number.held").forEach((number) => number.classList.remove("held")); };
  const show = async (number) => {
    const answer = await fetch(study + "/number?" + new URLSearchParams({ number: number.dataset.number }), { headers: { "HX-Request": "true" } });
    card.innerHTML = await answer.text();
    card.hidden = false;
    number.classList.add("held");
    const box = number.getBoundingClientRect(), size = card.getBoundingClientRect();
    card.style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - size.width - 8)) + window.scrollX + "px";
    const below = box.bottom + 6 + size.height < window.innerHeight || box.top < size.height;
    card.style.top = (below ? box.bottom + 6 : box.top - size.height - 6) + window.scrollY + "px";
  };
  body.addEventListener("click", (event) => {
    const number = event.target.closest(".number");
    if (number) { const same = number.classList.contains("held"); close(); if (!same) show(number); }
    else if (event.target.closest("#card .close") || !card.contains(event.target)) close();
  });

  // Keys.
  const keys = one("#keys");
  one("#help-button").addEventListener("click", () => keys.showModal());
  const press = (selector) => { const found = one(selector); if (found) found.click(); };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isField = event.target.matches && event.target.matches("input, textarea, select");
    if (event.key === "Escape") close();
    if (isField || keys.open) return;
    if ((event.key === "Enter" || event.key === " ") && event.target.matches(".number")) { event.preventDefault(); event.target.click(); }
    if (event.key === "j" || event.key === "k") {
      const items = all(".items li:not([hidden]) a");
      if (items.length) {
        const at = items.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
        items[Math.max(0, Math.min(items.length - 1, at))].focus();
      } else press(event.key === "j" ? "#next" : "#previous");
    }
    if (event.key === "/") { const field = one("#find") || one(".find-setting"); if (field) { event.preventDefault(); field.focus(); } }
    if (event.key === "r") press("#run");
    if (event.key === "u") press("#undo");
    if (event.key === "?") keys.showModal();
  });

  drawAll();
})();
