"use strict";
// The page works without this script but for three things: filters and sorting, links that set a
// filter, and the sources of a figure. Whatever returns say is only ever set as text.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;

  function fill(sentence, named) {
    return sentence.replace(/\{(\w+)\}/g, (_, name) => named[name]);
  }

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // ---------------------------------------------------------------- filters

  // A form filters the items of the list it is for: its fields name what items, or their parts,
  // carry as data; a search looks into all their text.
  class Filter {
    constructor(form) {
      this.form = form;
      this.list = document.getElementById(form.dataset.for);
      this.items = Array.from(this.list.querySelectorAll("[data-item]"));
      this.texts = new Map();
      form.addEventListener("input", () => this.apply());
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("reset", () => setTimeout(() => this.apply()));
      this.apply();
    }

    set(name, value) {
      this.form.reset();
      this.form.elements[name].value = value;
      this.apply();
    }

    apply() {
      const chosen = Array.from(this.form.querySelectorAll("select")).filter((one) => one.value);
      const ofParts = chosen.filter((one) => "ofParts" in one.dataset);
      const ofItems = chosen.filter((one) => !("ofParts" in one.dataset));
      const sought = plain(this.form.elements.search.value.trim());
      let shown = 0;
      for (const item of this.items) {
        const fits =
          carries(item, ofItems) && this.says(item, sought) && this.partsFit(item, ofParts);
        item.hidden = !fits;
        shown += fits;
      }
      this.hideEmptyHeadings();
      this.form.querySelector(".shown").textContent = fill(words.shown, {
        shown,
        all: this.items.length,
      });
    }

    says(item, sought) {
      if (!sought) return true;
      if (!this.texts.has(item)) this.texts.set(item, plain(item.textContent));
      return this.texts.get(item).includes(sought);
    }

    // Tell whether an item has parts that fit, show only those, and open it for them.
    partsFit(item, chosen) {
      let found = false;
      for (const part of item.querySelectorAll("[data-part]")) {
        const fits = carries(part, chosen);
        part.hidden = !fits;
        found = found || fits;
      }
      if (!chosen.length) return true;
      if (found) item.open = true;
      return found;
    }

    hideEmptyHeadings() {
      let heading = null;
      for (const row of this.list.children) {
        if ("heading" in row.dataset) {
          heading = row;
          heading.hidden = true;
        } else if (heading && !row.hidden) {
          heading.hidden = false;
        }
      }
    }
  }

  function carries(element, chosen) {
    return chosen.every((one) => (element.dataset[one.name] || "").split(" ").includes(one.value));
  }

  const filters = Array.from(document.querySelectorAll(".filters"), (form) => new Filter(form));

  // ---------------------------------------------------------------- links within the page

  for (const link of document.querySelectorAll("a[data-field]")) {
    const section = document.querySelector(link.getAttribute("href"));
    const filter = filters.find((one) => section.contains(one.form));
    link.addEventListener("click", () => filter.set(link.dataset.field, link.dataset.value));
  }

  function reveal() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target || target.tagName !== "DETAILS") return;
    if (target.hidden) filters.find((one) => one.list.contains(target)).form.reset();
    target.hidden = false;
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  for (const button of document.querySelectorAll("[data-fold]")) {
    const section = button.closest("section");
    button.addEventListener("click", () => {
      for (const one of section.querySelectorAll("details:not([hidden])")) {
        one.open = button.dataset.fold === "open";
      }
    });
  }

  // ---------------------------------------------------------------- sorting

  // A heading sorts its column upwards, downwards, and back as it was.
  const NEXT = { "": "ascending", ascending: "descending", descending: "" };
  const collator = new Intl.Collator("zh-CN", { numeric: true });

  for (const button of document.querySelectorAll(".sort")) {
    const heading = button.parentNode;
    const body = heading.closest("table").tBodies[0];
    const rows = Array.from(body.rows);
    button.addEventListener("click", () => {
      const order = NEXT[heading.getAttribute("aria-sort") || ""];
      for (const other of heading.parentNode.children) other.removeAttribute("aria-sort");
      const sorted = rows.slice();
      if (order) {
        heading.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const key = (row) => {
          const cell = row.cells[heading.cellIndex];
          return "sort" in cell.dataset ? cell.dataset.sort : cell.textContent.trim();
        };
        const keys = new Map(rows.map((row) => [row, key(row)]));
        const compare = (one, other) => sign * collator.compare(keys.get(one), keys.get(other));
        // What has nothing in the column stands last either way.
        const empty = (row) => Number(keys.get(row) === "");
        sorted.sort((one, other) => empty(one) - empty(other) || compare(one, other));
      }
      for (const row of sorted) body.append(row);
    });
  }

  // ---------------------------------------------------------------- whole region or own offices

  const switches = Array.from(document.querySelectorAll("[data-show]"));
  function show(chosen) {
    for (const one of switches) {
      one.setAttribute("aria-pressed", String(one === chosen));
      document.getElementById(one.dataset.show).hidden = one !== chosen;
    }
  }
  for (const one of switches) one.addEventListener("click", () => show(one));
  if (switches.length) show(switches[0]);

  // ---------------------------------------------------------------- the sources of a figure

  const dialog = document.getElementById("source");
  const table = document.getElementById("source-table");
  let opener = null;

  function element(name, text, more) {
    return Object.assign(document.createElement(name), { textContent: text }, more);
  }

  function line(name, figure, file, place, told) {
    const row = document.createElement("tr");
    row.append(element("th", name, { scope: "row" }), element("td", figure, { className: "number" }));
    const cell = document.createElement("td");
    if (file) cell.append(element("a", file.path, { href: `#file-${file.file}` }));
    row.append(cell, element("td", place), element("td", told));
    return row;
  }

  function sources(index, cover) {
    const heads = ["unit", "figure", "file", "place", "source"];
    const row = document.createElement("tr");
    row.append(...heads.map((name) => element("th", words[name], { scope: "col" })));
    const lines = [row];
    for (const unit of data.units) {
      if (!unit.covers.includes(cover)) continue;
      const value = unit.values[index];
      const [place, told] = unit.traces[index] || ["", ""];
      lines.push(line(unit.name, value === null ? words.blank : value, unit, place, told));
    }
    for (const one of data.adjustments) {
      if (!one.covers.includes(cover) || !(index in one.values)) continue;
      const name = fill(words.adjustment, { unit: one.name });
      lines.push(line(name, one.values[index], null, "", one.told));
    }
    return lines;
  }

  function explain(index, cover) {
    const sums = data.covers[cover];
    const told = [
      fill(words.total, {
        total: sums.totals[index],
        blanks: sums.blanks[index],
        nothings: sums.nothings[index],
      }),
    ];
    if (data.computed[index]) told.push(words.computed);
    told.push(words.plain);
    const title = { name: data.names[index], measure: data.measures[index], cover: sums.label };
    document.getElementById("source-title").textContent = fill(words.title, title);
    document.getElementById("source-told").textContent = told.join("");
    table.textContent = "";
    for (const row of sources(index, cover)) table.append(row);
  }

  document.getElementById("totals").addEventListener("click", (event) => {
    opener = event.target.closest(".source");
    if (!opener) return;
    explain(Number(opener.dataset.figure), opener.dataset.cover);
    dialog.showModal();
    dialog.scrollTop = 0;
  });
  document.getElementById("source-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  dialog.addEventListener("close", () => opener && opener.focus({ preventScroll: true }));

  // ---------------------------------------------------------------- on paper everything is open

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of folded) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
})();
