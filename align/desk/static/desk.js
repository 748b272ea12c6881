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

// What a page looks like as the desk serves it, without what this script has done to it.
function served(unit) {
  const copy = unit.cloneNode(true);
  for (const part of [copy, ...copy.querySelectorAll(".lit, .current, .arrived, details[open]")]) {
    part.classList.remove("lit", "current", "arrived");
    part.removeAttribute("open");
  }
  return copy;
}

function isHalfWritten(field) {
  if (field.type === "hidden" || field.type === "checkbox") return false;
  if (field === document.activeElement) return true;
  if (field.localName === "select") {
    const given = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(given, 0);
  }
  return field.value !== field.defaultValue;
}

// Whether somebody is in the middle of something here that must not be taken from under their hands.
function isBusy(unit) {
  if ([...unit.querySelectorAll("input, select")].some(isHalfWritten)) return true;
  const selection = getSelection();
  return !selection.isCollapsed && selection.containsNode(unit, true);
}

// Puts a unit of a fresh page in the place of the one that is there, if it says something else.
function swap(old, fresh) {
  if (served(old).isEqualNode(fresh)) return null;
  const isFocused = old.contains(document.activeElement);
  const details = old.querySelector("details[open]");
  const wasCurrent = old.classList.contains("current");
  old.replaceWith(fresh);
  if (details && fresh.querySelector("details")) fresh.querySelector("details").open = true;
  if (wasCurrent) fresh.classList.add("current");
  const focus = fresh.tabIndex >= 0 ? fresh : fresh.querySelector("button");
  if (isFocused && focus) focus.focus({ preventScroll: true });
  return fresh;
}

// What is left as it was, until whoever is busy there has finished.
let isOwed = false;

function mergeCard(card, other, own) {
  if (card.dataset.key === own || !isBusy(card)) return swap(card, other);
  isOwed = isOwed || !served(card).isEqualNode(other);
  card.dataset.n = other.dataset.n;
  card.querySelector(".count").textContent = other.dataset.n;
  return null;
}

function mergeCards(list, fresh, own) {
  const left = [...list.children];
  const come = [];
  let before = null;
  for (const other of [...fresh.children]) {
    const at = left.findIndex((card) => card.id === other.id);
    const card = at < 0 ? null : left.splice(at, 1)[0];
    const shown = !card ? other : mergeCard(card, other, own);
    if (!card && before) before.after(other);
    else if (!card) list.prepend(other);
    if (shown) come.push(shown);
    before = shown || card;
  }
  for (const card of left) card.remove();
  return come;
}

function mergeRow(row, fresh, own) {
  const cells = [...fresh.querySelectorAll(".cell")];
  row.className = fresh.className;
  [...row.querySelectorAll(".cell")].forEach((cell, number) => {
    if (!isBusy(cell)) swap(cell, cells[number]);
    else isOwed = isOwed || !served(cell).isEqualNode(cells[number]);
  });
  return mergeCards(row.querySelector(".cards"), fresh.querySelector(".cards"), own);
}

// What must not move while things come and go around it: the card in hand, or what is in sight.
function anchor(rows) {
  const place = (unit) => unit.getBoundingClientRect();
  const card = document.activeElement.closest(".card");
  const inSight = card && place(card).bottom > 0 && place(card).top < innerHeight ? card : null;
  const row = rows.find((unit) => place(unit).top >= 0) || rows.find((unit) => place(unit).bottom > 0);
  return (inSight || row || { id: "" }).id;
}

// Takes over from a fresh page what has changed, and nothing else: words half written, the focus and
// the place on the screen stay. Returns the cards that have changed.
function merge(fresh, own) {
  const rows = [...document.querySelectorAll("section.row")];
  const held = anchor(rows);
  const top = () => document.getElementById(held).getBoundingClientRect().top;
  const stood = held && top();
  isOwed = false;
  const come = rows.flatMap((row) => mergeRow(row, fresh.getElementById(row.id), own));
  for (const id of ["done", "undoing", "decided"]) swap(document.getElementById(id), fresh.getElementById(id));
  document.getElementById("article").dataset.newest = fresh.getElementById("article").dataset.newest;
  const card = current();
  if (card) light(card);
  if (held) scrollBy({ top: top() - stood, behavior: "instant" });
  return come;
}

function isOlder(stamp, than) {
  const [[version, decision], [last, newest]] = [stamp, than].map((text) => text.split(".").map(Number));
  return version < last || (version === last && decision < newest);
}

// Shows a fresh page, and returns the cards that have changed.
function show(text, own) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const [place, other] = [document, fresh].map((page) => page.getElementById("article"));
  // What was asked for before a decision may arrive after it.
  if (!place || !other || isOlder(other.dataset.newest, place.dataset.newest)) return [];
  if (place.dataset.version === other.dataset.version && document.getElementById("done")) return merge(fresh, own);
  place.dataset.newest = other.dataset.newest;
  if (isBusy(place) || document.querySelector("dialog[open], #add:not([hidden])")) { say(place.dataset.newer); return []; }
  const only = document.getElementById("only-found");
  document.getElementById("main").replaceWith(fresh.getElementById("main"));
  const again = document.getElementById("only-found");
  if (only && again) again.checked = only.checked;
  upgrade();
  return [];
}

// Decisions of others appear by themselves.
async function listen() {
  const place = document.getElementById("article");
  if (!place || document.hidden) return;
  const path = `/articles/${place.dataset.article}`;
  const { newest } = JSON.parse(await answer(await fetch(`${path}/newest`)));
  if (newest === place.dataset.newest && !(isOwed && !cards().some(isBusy))) return;
  const come = show(await answer(await fetch(path)), null);
  for (const card of come) card.classList.add("arrived");
  if (come.length) say(place.dataset.others);
}

async function keepListening() {
  for (;;) {
    await new Promise((done) => { setTimeout(done, 2000); });
    // A desk that is away for a while is asked again; what one does oneself says why it fails.
    try { await listen(); } catch { continue; }
  }
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
    const before = card || current();
    show(await answer(await fetch(form.getAttribute("action"), { method: "POST", body: data })), card && card.dataset.key);
    const after = before && document.getElementById(before.id);
    if (after) go(after);
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
    form.reset();
    cancel();
    const [added] = show(await answer(await fetch(location.pathname)), null);
    if (added) go(added);
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
if (document.getElementById("article")) keepListening();
