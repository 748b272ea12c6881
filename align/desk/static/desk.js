"use strict";
// Everything that the desk's pages do beyond plain HTML. Without it every decision can still be
// made; with it there are keys, no page is loaded anew, and words can be selected.

document.documentElement.classList.add("js");

const said = document.getElementById("said");
let selected = { source: [], target: [] };
let silence = 0;

function say(words) {
  said.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => { said.textContent = ""; }, 6000);
}

// A name for one attempt, so that a repeated one is kept once; over plain HTTP there is no randomUUID.
function attempt() { return [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(16)).join("-"); }

function cards() { return [...document.querySelectorAll(".card")]; }

function current() {
  const focused = document.activeElement && document.activeElement.closest(".card");
  return focused || document.querySelector(".card.current");
}

function light(card) {
  for (const lit of document.querySelectorAll("mark.lit")) lit.classList.remove("lit");
  for (const old of document.querySelectorAll(".card.current")) old.classList.remove("current");
  if (!card) return;
  card.classList.add("current");
  for (const mark of document.querySelectorAll("mark")) {
    if (mark.dataset.n.split(" ").includes(card.dataset.n)) mark.classList.add("lit");
  }
}

function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  light(card);
  card.closest(".row").scrollIntoView({ block: "nearest" });
  card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  const at = all.indexOf(current());
  if (!all.length) return;
  go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function show(text, key) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const only = document.getElementById("only-found");
  const wasOnly = only && only.checked;
  const open = [...document.querySelectorAll("details[id][open]")].map((d) => d.id);
  document.getElementById("main").replaceWith(fresh.getElementById("main"));
  if (wasOnly) document.getElementById("only-found").checked = true;
  for (const id of open) { const d = document.getElementById(id); if (d) d.open = true; }
  const card = key && document.getElementById("f-" + key);
  if (card) go(card);
  upgrade();
}

async function answer(response) {
  const text = await response.text();
  if (response.ok) return text;
  let why = response.statusText;
  if ((response.headers.get("content-type") || "").includes("json")) {
    const problem = JSON.parse(text);
    why = [problem.what, problem.fix].filter(Boolean).join(" ");
  } else {
    const problem = new DOMParser().parseFromString(text, "text/html").getElementById("problem");
    if (problem) why = problem.textContent;
  }
  throw new Error(why);
}

async function decide(form, submitter) {
  const card = form.closest(".card");
  const data = new URLSearchParams(new FormData(form));
  if (submitter && submitter.name) data.set(submitter.name, submitter.value);
  data.set("request", attempt());
  try {
    const key = card ? card.dataset.key : (current() || { dataset: {} }).dataset.key;
    show(await answer(await fetch(form.getAttribute("action"), { method: "POST", body: data })), key);
    say("✓");
  } catch (error) {
    say("✗ " + error.message);
  }
}

async function add(form) {
  const place = document.getElementById("article").dataset;
  const bare = (side) => selected[side].map(({ segment, start, end }) => ({ segment, start, end }));
  const wish = {
    action: "add", source: bare("source"), target: bare("target"), version: Number(place.version),
    error_type: form.elements.error_type.value, severity: form.elements.severity.value,
    reason: form.elements.reason.value, request: attempt(),
  };
  try {
    await answer(await fetch(`/api/articles/${place.article}/decisions`, {
      method: "POST", body: JSON.stringify(wish),
      headers: { "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf },
    }));
    selected = { source: [], target: [] };
    show(await answer(await fetch(location.pathname)), null);
    say("✓");
  } catch (error) {
    say("✗ " + error.message);
  }
}

// The offset of a place in the text of a segment. What a mark shows behind its words is no text.
function offset(segment, node, at) {
  const range = document.createRange();
  range.selectNodeContents(segment);
  range.setEnd(node, at);
  return range.toString().length;
}

function select() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return 0;
  const range = selection.getRangeAt(0);
  let count = 0;
  for (const segment of document.querySelectorAll(".segment")) {
    if (!range.intersectsNode(segment)) continue;
    const start = segment.contains(range.startContainer) ? offset(segment, range.startContainer, range.startOffset) : 0;
    const end = segment.contains(range.endContainer) ? offset(segment, range.endContainer, range.endOffset) : segment.textContent.length;
    const text = segment.textContent.slice(start, end);
    if (!text.trim()) continue;
    selected[segment.dataset.side].push({ segment: Number(segment.dataset.segment), start, end, text });
    count += 1;
  }
  selection.removeAllRanges();
  return count;
}

function mark() {
  const form = document.getElementById("add");
  if (!form) return;
  select();
  form.hidden = false;
  for (const side of ["source", "target"]) {
    const place = document.getElementById("add-" + side);
    const texts = selected[side].map((words) => words.text);
    place.textContent = texts.length ? texts.map((text) => `“${text}”`).join(" ") : place.dataset.none;
  }
  const lost = selected.source.length && !selected.target.length;
  const gained = !selected.source.length && selected.target.length;
  form.elements.error_type.value = lost ? "accuracy/omission" : gained ? "accuracy/addition" : "accuracy/mistranslation";
  if (selected.source.length || selected.target.length) form.elements.error_type.focus();
}

function cancel() {
  selected = { source: [], target: [] };
  document.getElementById("add").hidden = true;
}

function help() { const dialog = document.getElementById("help"); if (dialog) dialog.showModal(); }

function pick(name) {
  const card = current();
  if (!card) return;
  card.querySelector(".change").open = true;
  card.querySelector(name).focus();
}

const actions = {
  next: () => step(1),
  previous: () => step(-1),
  agree: () => { const card = current(); if (card) card.querySelector(".agree").click(); },
  dismiss: () => { const card = current(); if (card) card.querySelector(".reason").focus(); },
  type: () => pick(".pick-type"),
  severity: () => pick(".pick-severity"),
  mark, help, cancel,
  undo: () => { const form = document.getElementById("undo"); if (form) decide(form); },
};
const keys = { n: "next", p: "previous", a: "agree", d: "dismiss", t: "type", s: "severity", m: "mark", u: "undo", "?": "help" };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (typing && typing.closest(".card")) typing.closest(".card").focus();
    else if (document.getElementById("add") && !document.getElementById("add").hidden) cancel();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("article")) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  actions[action]();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) { actions[button.dataset.do](); return; }
  const marked = event.target.closest("mark");
  if (marked && getSelection().isCollapsed) {
    const wanted = marked.dataset.n.split(" ");
    go(cards().find((card) => wanted.includes(card.dataset.n)));
  }
});

// A click on a button must not take the selection away that it is about.
document.addEventListener("mousedown", (event) => { if (event.target.closest("[data-do=mark]")) event.preventDefault(); });

document.addEventListener("focusin", (event) => {
  const card = event.target.closest && event.target.closest(".card");
  if (card) light(card);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "add") { event.preventDefault(); add(form); }
  else if (form.classList.contains("decide")) { event.preventDefault(); decide(form, event.submitter); }
});

document.addEventListener("mouseover", (event) => {
  const card = event.target.closest && event.target.closest(".card");
  if (card && !current()) light(card);
});

function drop(form) {
  const given = (event, on) => { event.preventDefault(); form.classList.toggle("over", on); };
  form.addEventListener("dragover", (event) => given(event, true));
  form.addEventListener("dragleave", (event) => given(event, false));
  form.addEventListener("drop", (event) => {
    given(event, false);
    const fields = [form.elements.source, form.elements.target];
    const files = [...event.dataTransfer.files];
    let at = fields[0].files.length && files.length === 1 ? 1 : 0;
    for (const file of files.slice(0, 2)) {
      const one = new DataTransfer();
      one.items.add(file);
      fields[at].files = one.files;
      at = (at + 1) % 2;
    }
  });
}

async function follow(row) {
  const bar = row.querySelector("progress");
  for (;;) {
    await new Promise((done) => { setTimeout(done, 700); });
    let state;
    try { state = JSON.parse(await answer(await fetch(`/jobs/${row.dataset.job}/progress`))); } catch { continue; }
    if (bar) bar.value = state.progress;
    if (state.status === "done" || state.status === "failed") break;
  }
  const list = row.closest("[data-go]");
  if (list) location.replace(list.dataset.go); else location.reload();
}

function upgrade() {
  for (const form of document.querySelectorAll(".upload")) drop(form);
  for (const row of document.querySelectorAll("[data-job]")) follow(row);
}

upgrade();
if (location.hash.startsWith("#f-")) go(document.getElementById(location.hash.slice(1)));
