"use strict";
// The live page in the browser: what is new is told politely and shown when asked for; nothing moves by itself.
(() => {
  const root = document.documentElement;
  const base = root.dataset.root;
  const $ = (id) => document.getElementById(id);
  const title = document.title;
  const fresh = new Map();
  let mark = root.dataset.mark;
  let changed = false;

  const many = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;
  const say = (text) => { $("announce").textContent = text; };

  // -- what is new ------------------------------------------------------------------------------------------------
  function later(one, other) {
    const [[made, tick], [madeBefore, tickBefore]] = [one.split("."), other.split(".")];
    return made !== madeBefore || Number(tick) > Number(tickBefore);
  }

  function take(news) {  // another tab may tell of what was on this page already when it loaded
    if (!news.mark || !later(news.mark, mark)) return;
    mark = news.mark;
    changed = true;
    for (const post of news.posts || []) {
      const here = $(post.id);
      if (!here) fresh.set(post.id, post);
      else if (Number(here.dataset.version || 0) < post.version) edited(here, post);
    }
    show();
  }

  function edited(here, post) {
    here.dataset.version = post.version;
    if (here.querySelector(".since-edit")) return;
    const note = document.createElement("p");
    note.className = "note since-edit";
    const link = document.createElement("a");
    link.href = `/post/${post.id}`;
    link.textContent = post.removed ? "Removed since you loaded this page" : "Edited since you loaded this page: show the change";
    note.append(link);
    here.append(note);
  }

  function show() {
    const button = $("fresh");
    const number = [...fresh.values()].filter((post) => !post.removed).length;
    document.title = number ? `(${number}) ${title}` : title;
    if (!button) return;
    button.textContent = number ? `Show ${many(number, "new post")}` : "Show what has changed";
    if (button.hidden && (number || changed)) button.hidden = false;
    if (number) say(`${many(number, "new post")}. Button: show.`);
  }

  async function part(url) {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content;
  }

  async function bring() {
    const stream = $("stream");
    const query = location.search;
    let url = `/stream${query}`;
    const arrived = [];
    const oldest = new URLSearchParams(query).get("order") === "oldest";
    for (let turn = 0; url && !oldest && turn < 6; turn += 1) {
      const found = await part(url);
      const posts = [...found.querySelectorAll("article.post")];
      const unknown = posts.filter((post) => !$(post.id));
      arrived.push(...unknown);
      url = unknown.length === posts.length && posts.length ? found.querySelector(".more a")?.getAttribute("href") : null;
    }
    if (url) { location.reload(); return; }
    const known = new Set(arrived.map((post) => post.id));
    const late = [...fresh.values()].filter((post) => !post.removed && !known.has(post.id)).slice(0, 20);
    for (const post of late) {  // told now, of an earlier time: its place in the stream lies further down
      const found = (await part(`/post/${post.id}`)).querySelector("article.post");
      if (found) arrived.push(found);
    }
    for (const post of arrived) post.classList.add("new");
    const top = document.createDocumentFragment();
    top.append(...arrived);
    stream.prepend(top);
    if (window.htmx) arrived.forEach((post) => window.htmx.process(post));
    fresh.clear();
    changed = false;
    document.title = title;
    ages();
    $("fresh").hidden = true;
    say(arrived.length ? `${many(arrived.length, "post")} added at the top.` : "Up to date.");
    const first = arrived[0]?.querySelector("h2 a, h3 a") || document.querySelector("#posts");
    if (first) { if (!first.href) first.tabIndex = -1; first.focus(); }
    remember();
    const lines = (await part(`/rundown${query}`)).querySelector("#lines");
    if (lines) $("lines").replaceChildren(...lines.children);
  }

  // -- how it comes: one stream for all tabs, else polling ------------------------------------------------------------
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("onrecord") : null;
  if (channel) channel.onmessage = (event) => take(event.data);
  const tell = (news) => { take(news); if (channel) channel.postMessage(news); };

  function listen() {
    return new Promise((end) => {
      const source = new EventSource(`/live?after=${encodeURIComponent(mark)}`);
      source.addEventListener("change", (event) => tell(JSON.parse(event.data)));
      source.addEventListener("reload", (event) => tell({ mark: event.lastEventId, posts: [] }));
      source.onopen = () => state("live");
      source.onerror = () => {
        if (source.readyState === EventSource.CLOSED) { state("asking now and then"); poll(); end(); }
        else state("waiting for the connection");
      };
    });
  }

  function state(text) {
    const place = $("live-state");
    if (place) place.textContent = `· ${text}`;
  }

  let seconds = Number(root.dataset.poll) || 0;
  function poll() {
    if (!seconds) return;
    setTimeout(async () => {
      try {
        const tip = await (await fetch("/tip.json")).json();
        seconds = tip.interval;
        const [was, now] = [mark.split("."), tip.mark.split(".")];
        if (tip.mark !== mark) {
          const answer = was[0] === now[0] ? await fetch(`/poll/${was[0]}.${was[1]}-${now[1]}.json`) : null;
          tell(answer && answer.ok ? await answer.json() : { mark: tip.mark, posts: [] });
        }
        state("asking now and then");
      } catch (error) {
        state("waiting for the connection");
      }
      poll();
    }, seconds * 1000 * (0.9 + Math.random() / 5));
  }

  function start() {
    if (root.dataset.push === "yes" && "EventSource" in window) {
      if (navigator.locks && channel) {
        navigator.locks.query().then((found) => { if (found.held.some((lock) => lock.name === "onrecord-live")) state("live"); });
        navigator.locks.request("onrecord-live", listen);
      }
      else listen();
    } else poll();
  }

  // -- times: how long ago ----------------------------------------------------------------------------------------
  function ages() {
    for (const time of document.querySelectorAll(".post .meta time, .top time")) {
      const minutes = Math.round((Date.now() - Date.parse(time.dateTime)) / 60000);
      let span = time.nextElementSibling;
      if (!span || !span.classList.contains("ago")) { span = document.createElement("span"); span.className = "ago"; time.after(span); }
      const ago = minutes < 1 ? "just now" : minutes < 60 ? `${minutes} min ago` : minutes < 1440 ? `${Math.round(minutes / 60)} h ago` : "";
      span.textContent = minutes >= 0 && ago ? ` (${ago})` : "";
    }
  }

  // -- since you last looked, kept in this browser alone ---------------------------------------------------------------
  function remember() {
    try { localStorage.setItem("onrecord-look", JSON.stringify({ mark, at: Date.now() })); } catch (error) { /* not allowed here */ }
  }

  async function since() {
    let last = null;
    try { last = JSON.parse(localStorage.getItem("onrecord-look") || "null"); } catch (error) { return; }
    const place = $("since");
    if (!place || !seconds || !last || typeof last.mark !== "string" || last.mark === mark) return;
    const [was, now] = [last.mark.split("."), mark.split(".")];
    if (was[0] !== now[0] || Date.now() - last.at < 60000) return;
    const answer = await fetch(`/poll/${was[0]}.${Number(was[1])}-${now[1]}.json`);
    const hours = Math.max(1, Math.round((Date.now() - last.at) / 3600000));
    const found = answer.ok ? (await answer.json()).posts : null;
    place.textContent = found ? `Since you last looked: ${many(found.length, "post")} new or changed.` : "Much has come since you last looked.";
    const period = [1, 6, 12, 24, 48, 72, 168, 720].find((n) => n >= hours) || 720;
    const link = document.createElement("a");
    link.href = `/?hours=${period}`;
    link.textContent = " Rundown of that time";
    place.append(link);
  }

  // -- a slider over what was known when -------------------------------------------------------------------------------
  function slider() {
    const range = $("when");
    if (!range) return;
    const end = Date.parse(range.dataset.end);
    const span = Number(range.dataset.hours) * 3600000;
    const at = () => new Date(end - span * (1 - Number(range.value) / Number(range.max)));
    const words = new Intl.DateTimeFormat("en-GB", { timeZone: range.dataset.tz, day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
    const tellTime = () => { $("when-shown").textContent = Number(range.value) === Number(range.max) ? "now" : words.format(at()); };
    range.closest(".slider").hidden = false;
    range.addEventListener("input", tellTime);
    range.addEventListener("change", () => {
      const url = new URL(location.href);
      url.searchParams.delete("after");
      url.searchParams.set("as_of", at().toISOString().slice(0, 19) + "+00:00");
      location.assign(url);
    });
    tellTime();
  }

  // -- what loads when it is opened ----------------------------------------------------------------------------------
  function load(name) {
    return new Promise((done, failed) => {
      const made = document.createElement(name.endsWith(".css") ? "link" : "script");
      if (name.endsWith(".css")) { made.rel = "stylesheet"; made.href = `${base}static/${name}`; } else made.src = `${base}static/${name}`;
      made.onload = done;
      made.onerror = failed;
      document.head.append(made);
    });
  }

  function opens(id, names) {
    const button = $(id);
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      for (const name of names) await load(name);
      button.hidden = true;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    $("fresh")?.addEventListener("click", () => bring().catch(() => location.reload()));
    opens("open-map", ["vendor/leaflet.css", "vendor/leaflet.js", "map.js"]);
    opens("open-charts", ["vendor/uPlot.min.css", "vendor/uPlot.iife.min.js", "charts.js"]);
    ages();
    setInterval(ages, 60000);
    slider();
    since().catch(() => {}).finally(remember);
    start();
  });
})();
