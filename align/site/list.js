"use strict";
(() => {
  const PER_PAGE = 100;
  const OWN = { kind: ".kind", severity: ".severity", status: ".status", search: ".search", sort: ".sort", page: ".page" };
  const STATUS = ["compared", "not compared", "error"];
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const rows = data.rows.map(([page, pair, title, lang, risk, counts, kinds, values, problem], number) =>
    ({ page, pair, title, lang, risk, counts, kinds, values, problem, number, status: risk >= 0 ? 0 : -1 - risk + 1 }));
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const valueOf = (row, field) => data.fields[field].values[row.values[field]];

  // Letters without their marks, so that "nguyen" finds "Nguyễn".
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  const haystack = (row) => row.words ??= plain([row.pair, row.title, row.problem, ...data.fields.map((_, f) => valueOf(row, f))].join("\n"));

  const columns = [
    { name: "Risk", key: (row) => row.risk, first: -1, show: (row, cell) => { cell.className = "number"; cell.textContent = row.risk >= 0 ? percent(row.risk) : STATUS[row.status]; } },
    { name: "Pair", key: (row) => row.title || row.pair, show: showPair },
    { name: data.fields[0].name, key: (row) => valueOf(row, 0), show: (row, cell) => { cell.textContent = valueOf(row, 0); } },
    ...data.counts.map((name, at) => ({ name, key: (row) => row.counts[at], first: -1,
      show: (row, cell) => { cell.className = "number"; cell.textContent = row.counts[at] || ""; } })),
    ...data.shown.map((field) => ({ name: data.fields[field].name, key: (row) => valueOf(row, field),
      show: (row, cell) => { cell.append(isolated(valueOf(row, field))); } })),
  ];
  let state = new Map();

  function percent(thousandths) {
    const rounded = Math.round(thousandths / 10);
    return rounded === 0 ? "<1%" : rounded === 100 ? ">99%" : rounded + "%";
  }

  function isolated(text, lang) {
    const element = document.createElement("bdi");
    element.textContent = text;
    if (lang) element.lang = lang;
    return element;
  }

  function showPair(row, cell) {
    cell.className = "title";
    const name = isolated(row.title || row.pair, row.title ? row.lang : "");
    if (row.page) {
      const link = document.createElement("a");
      link.href = "articles/" + row.page;
      link.append(name);
      cell.append(link);
    } else cell.append(name);
    const below = document.createElement("span");
    below.className = "place";
    if (row.title) below.append(isolated(row.pair));
    if (row.problem) below.append(row.title ? " – " : "", isolated(row.problem));
    cell.append(below);
  }

  function matches() {
    const words = plain(state.get(OWN.search) || "").split(/\s+/).filter(Boolean);
    const kind = data.kinds.indexOf(state.get(OWN.kind));
    const grade = ["critical", "major", "minor"].indexOf(state.get(OWN.severity));
    const status = STATUS.indexOf(state.get(OWN.status));
    const wanted = data.fields.map((field, number) => [number, field.values.indexOf(state.get(field.name)), state.has(field.name)])
      .filter(([, , is_set]) => is_set);
    return rows.filter((row) =>
      wanted.every(([field, value]) => row.values[field] === value) &&
      (kind < 0 || row.kinds >> kind & 1) &&
      (grade < 0 || row.counts.slice(0, grade + 1).some(Boolean)) &&
      (status < 0 || row.status === status) &&
      words.every((word) => haystack(row).includes(word)));
  }

  function order() {
    const asked = state.get(OWN.sort) || "-Risk";
    const at = columns.findIndex((column) => column.name === asked.slice(1));
    return { at: at < 0 ? 0 : at, way: asked[0] === "+" ? 1 : -1 };
  }

  function sorted(found) {
    const { at, way } = order();
    const keys = new Map(found.map((row) => [row, columns[at].key(row)]));
    const compare = typeof keys.values().next().value === "number" ? (a, b) => a - b : collator.compare;
    return found.sort((a, b) => way * compare(keys.get(a), keys.get(b)) || a.number - b.number);
  }

  function draw() {
    const found = sorted(matches());
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    const page = Math.min(Math.max(Number(state.get(OWN.page)) || 1, 1), pages);
    const first = (page - 1) * PER_PAGE;
    const body = document.createElement("tbody");
    for (const row of found.slice(first, first + PER_PAGE)) {
      const line = body.insertRow();
      for (const column of columns) {
        const cell = line.insertCell();
        cell.dataset.name = column.name;
        column.show(row, cell);
      }
    }
    $("list").tBodies[0].replaceWith(body);
    const all = rows.length.toLocaleString("en");
    const some = found.length.toLocaleString("en");
    const last = Math.min(first + PER_PAGE, found.length);
    $("shown").textContent = found.length ? `${first + 1}–${last} of ${some}${some === all ? "" : ` (of ${all} in all)`} pairs` : `None of ${all} pairs`;
    $("page").textContent = `Page ${page} of ${pages}`;
    $("before").disabled = page === 1;
    $("after").disabled = page === pages;
    $("pages").hidden = pages === 1;
    const { at, way } = order();
    for (const [number, head] of [...$("list").tHead.rows[0].cells].entries()) {
      if (number === at) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    for (const input of $("filters").querySelectorAll("input, select")) input.value = state.get(input.name) || "";
  }

  function read() {
    const text = location.hash.slice(1);
    state = new Map();
    if (!text.includes("=")) return false;
    for (const part of text.split("&")) {
      const [name, value] = part.split("=").map((piece) => { try { return decodeURIComponent(piece); } catch { return ""; } });
      if (name && value) state.set(name === "kind" ? OWN.kind : name, value);
    }
    return true;
  }

  function change(name, value) {
    if (value) state.set(name, value); else state.delete(name);
    if (name !== OWN.page) state.delete(OWN.page);
    const text = [...state].map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
    history.replaceState(null, "", "#" + (text || "pairs"));
    draw();
  }

  function select(label, name, values) {
    const field = document.createElement("label");
    field.className = "field";
    const box = document.createElement("select");
    box.name = name;
    box.autocomplete = "off";
    box.add(new Option("all", ""));
    for (const value of values) box.add(new Option(value, value));
    box.addEventListener("change", () => change(name, box.value));
    field.append(isolated(label), " ", box);
    $("selects").append(field);
  }

  $("search").name = OWN.search;
  let waiting;
  $("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change(OWN.search, event.target.value), 120);
  });
  select("At least", OWN.severity, ["critical", "major", "minor"]);
  if (data.kinds.length > 1) select("Kind", OWN.kind, data.kinds);
  if (rows.some((row) => row.status)) select("Status", OWN.status, STATUS);
  for (const field of data.fields) {
    const values = field.values.filter(Boolean).sort(collator.compare.bind(collator));
    if (field.chosen) select(field.name, field.name, values);
  }
  for (const [number, head] of [...$("list").tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const { at, way } = order();
      const next = at === number ? -way : columns[number].first || 1;
      change(OWN.sort, (next > 0 ? "+" : "-") + columns[number].name);
    });
  }
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => { state = new Map(); change(OWN.page, ""); });
  $("before").addEventListener("click", () => turn(-1));
  $("after").addEventListener("click", () => turn(1));
  function turn(by) {
    change(OWN.page, String((Number(state.get(OWN.page)) || 1) + by));
    $("pairs").scrollIntoView();
  }
  window.addEventListener("hashchange", () => {
    if (read()) { draw(); $("pairs").scrollIntoView(); }
  });
  $("filters").hidden = false;
  read();
  draw();
})();
