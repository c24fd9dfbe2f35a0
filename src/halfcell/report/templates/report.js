"use strict";
(() => {
  // Figures: an SVG is shown until the interactive figure is drawn, which happens when it comes near the window.
  const plots = new Map();
  for (const script of document.querySelectorAll("script.plot-data")) plots.set(script.dataset.for, script);
  const draw = async (box) => {
    const script = plots.get(box.dataset.anchor);
    if (!script || box.dataset.drawn || typeof Plotly === "undefined") return;
    if (document.documentElement.clientWidth < 560) return;  // the still figure fits into a narrow window
    box.dataset.drawn = "yes";
    const figure = box.closest("figure"), still = figure.querySelector(".still");
    try {
      const plot = JSON.parse(script.textContent);
      const width = plot.layout.meta.width;
      box.hidden = false;
      box.style.height = plot.layout.height + "px";
      box.style.minWidth = Math.min(width, 640) + "px";
      box.style.maxWidth = width + "px";
      await Plotly.newPlot(box, plot.data, plot.layout, plot.config);
      figure.classList.add("alive");
      still.style.display = "none";
    } catch (error) {
      box.hidden = true;  // the still figure stays
      console.error(error);
    }
  };
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); draw(entry.target.querySelector(".plot")); }
  }, { rootMargin: "800px 0px" });
  for (const figure of document.querySelectorAll("figure")) if (figure.querySelector(".plot")) near.observe(figure);

  if (window.innerWidth < 960) for (const details of document.querySelectorAll(".contents details")) details.open = false;

  // Numbers: a card with the origin.
  const all = { numbers: {}, results: {} };
  for (const part of document.querySelectorAll("script.origins")) {
    const one = JSON.parse(part.textContent);
    Object.assign(all.numbers, one.numbers);
    Object.assign(all.results, one.results);
  }
  const card = document.getElementById("card");
  let held = null;
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const row = (list, term, text, asHtml) => {
    if (text === "" || text === null || text === undefined) return;
    const value = element("dd");
    if (asHtml) value.innerHTML = text; else value.textContent = text;
    list.append(element("dt", term), value);
  };
  const fill = (id) => {
    const number = all.numbers[id];
    if (!number) return false;
    const result = all.results[number.result];
    card.replaceChildren();
    const title = element("h3");
    title.innerHTML = number.printed + (number.unit ? " " + number.unit : "");
    const of = element("p", undefined, "of");
    of.innerHTML = number.label ? number.label + " · " + number.name : number.name;
    const list = element("dl");
    row(list, "value", number.value + (number.unit ? " " + number.unit : ""), true);
    row(list, "uncertainty", number.std === null ? "none stated" : "± " + number.std + (number.kind ? " (" + number.kind + ")" : ""));
    row(list, "cells", number.members.join("; "));
    for (const [path, sha, reader] of result.sources.slice(0, 6)) {
      const value = element("dd", path);
      value.append(element("small", reader), element("code", "sha256 " + sha));
      list.append(element("dt", "file"), value);
    }
    if (result.sources.length > 6) row(list, "", "and " + (result.sources.length - 6) + " more files");
    row(list, "technique", result.technique + ", version " + result.version + " · " + result.code);
    row(list, "settings", Object.entries(result.settings).map(([key, value]) => key + " = " + (value === "" ? "–" : value)).join("; "));
    for (const [level, text] of result.notes) row(list, level === "info" ? "remark" : level, text);
    row(list, "result", number.result);
    list.lastChild.className = "fine";
    card.append(title, of);
    if (number.formula) card.append(element("p", number.formula, "formula"));
    card.append(list);
    const why = element("p", undefined, "why");
    why.append(element("code", 'halfcell why "' + id + '"'));
    const close = element("button", "×", "close");
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => hide(true));
    card.append(why, close);
    return true;
  };
  const show = (target) => {
    if (!fill(target.dataset.number)) return;
    card.hidden = false;
    const box = target.getBoundingClientRect(), size = card.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - size.width - 8));
    const below = box.bottom + 6 + size.height < window.innerHeight || box.top < size.height;
    card.style.left = left + window.scrollX + "px";
    const top = below ? box.bottom + 6 : box.top - size.height - 6;
    card.style.top = Math.max(4, Math.min(top, Math.max(box.bottom + 6, window.innerHeight - size.height - 4))) + window.scrollY + "px";
  };
  const hide = (force) => {
    if (held && !force) return;
    if (held) held.classList.remove("held");
    held = null;
    card.hidden = true;
  };
  const target = (event) => event.target.closest ? event.target.closest(".number") : null;
  document.addEventListener("mouseover", (event) => { if (!held && target(event)) show(target(event)); });
  document.addEventListener("mouseout", (event) => { if (target(event) && !card.contains(event.relatedTarget)) hide(false); });
  document.addEventListener("focusin", (event) => { if (!held && target(event)) show(target(event)); });
  document.addEventListener("focusout", (event) => { if (target(event)) hide(false); });
  card.addEventListener("mouseleave", () => hide(false));
  document.addEventListener("click", (event) => {
    const number = target(event);
    if (number) { const same = held === number; hide(true); if (!same) { show(number); held = number; number.classList.add("held"); } }
    else if (!card.contains(event.target)) hide(true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide(true);
    if ((event.key === "Enter" || event.key === " ") && target(event)) { event.preventDefault(); target(event).click(); }
  });
})();
