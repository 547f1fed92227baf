// Moves between pages without ending what is played, and keeps the list of jobs up to date.
// Everything works without it; pages are loaded whole then, and are only older.
"use strict";
window.app = (() => {
  const ENTRY = /^\/app\/(login|logout|first)\b/;
  let source = null, shown = location.pathname + location.search, asked = 0;

  const csrf = () => document.body.dataset.csrf;
  const say = (text) => { document.getElementById("told").textContent = text; };

  /** Change something by the API. */
  const change = (path, body, method = "PATCH") => fetch(path, {
    method, keepalive: true, credentials: "same-origin", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf() },
  });

  function watch() {
    source?.close();
    source = null;
    const list = document.querySelector("[data-watch]");
    if (!list || !("EventSource" in window)) return;
    source = new EventSource(list.dataset.watch);
    source.addEventListener("open", () => { list.dataset.live = ""; });
    source.addEventListener("error", () => { delete list.dataset.live; });
    source.addEventListener("job", (event) => putJob(list, JSON.parse(event.data)));
  }

  async function putJob(list, job) {
    const answer = await fetch(`/app/jobs/${encodeURIComponent(job.id)}`, { credentials: "same-origin" });
    if (!answer.ok || !list.isConnected) return;
    const made = parsed(await answer.text()).querySelector(".job");
    const old = document.getElementById(`job-${job.id}`);
    // A button that is about to be pressed does not move away; "Listen now" has its place again.
    const held = old?.contains(document.activeElement) ? document.activeElement : null;
    if (!made || (held && !held.matches("[data-preview]"))) return;
    if (old) old.replaceWith(made);
    else {
      list.querySelector(".none")?.remove();
      list.prepend(made);
    }
    if (held) (made.querySelector("[data-preview]") || made.querySelector("a, button"))?.focus();
    if (job.finished) say(`${job.name}: ${job.state}`);
  }

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  /** Fetch a page and put it in the place of the one that is shown; load it whole where that cannot be. */
  async function go(address, { send = null, push = true, pressed = "" } = {}) {
    const mine = ++asked;
    let url = new URL(address, location.href), answer;
    try {
      answer = await fetch(url, { ...send, credentials: "same-origin", headers: { "X-Part": "1" } });
      const next = answer.headers.get("X-Location");
      if (next) {
        url = new URL(next, location.href);
        answer = await fetch(url, { credentials: "same-origin" });
      }
    } catch {
      if (!send) location.assign(url);
      else say("The server cannot be reached.");
      return;
    }
    const landed = new URL(answer.url), html = (answer.headers.get("Content-Type") || "").startsWith("text/html");
    const page = html ? parsed(await answer.text()) : null;
    if (mine !== asked) return;
    const main = page?.getElementById("main");
    if (!main || ENTRY.test(landed.pathname) || page.body.dataset.csrf !== csrf()) return location.assign(landed);
    document.title = page.title;
    document.querySelector(".top").replaceWith(page.querySelector(".top"));
    document.getElementById("main").replaceWith(main);
    shown = landed.pathname + landed.search;
    if (push) history.pushState(null, "", shown + url.hash);
    const target = url.hash && document.getElementById(decodeURIComponent(url.hash.slice(1)));
    if (target) target.scrollIntoView({ block: "center" });
    else if (push) scrollTo(0, 0);
    // Whoever moves an episode with the keyboard stands on the same button afterwards.
    const stays = (name) => target && target.querySelector(`[data-focus${name}]:enabled`);
    const again = pressed && (stays(`="${pressed}"`) || stays(""));
    (again || main).focus({ preventScroll: true });
    begin();
    const said = main.querySelector(".said, .fault");
    if (said) say(said.textContent);
  }

  function begin() {
    watch();
    document.dispatchEvent(new Event("app:page"));
  }

  const ours = (url) => url.origin === location.origin && url.pathname.startsWith("/app/") && !ENTRY.test(url.pathname);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.protocol === "javascript:") {
      event.preventDefault();
      say("Drag this to your browser's bookmarks.");
      return;
    }
    const url = new URL(link.href);
    if (!ours(url) || link.target || link.hasAttribute("download")) return;
    if (url.hash && url.pathname + url.search === shown) return;
    event.preventDefault();
    go(url);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, url = new URL(form.getAttribute("action") || location.href, location.href);
    if (event.defaultPrevented || !ours(url)) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter), pressed = event.submitter?.dataset.focus || "";
    if (form.method === "get") {
      url.search = new URLSearchParams(data).toString();
      go(url);
    } else {
      const body = form.enctype.startsWith("multipart") ? data : new URLSearchParams(data);
      go(url, { send: { method: "POST", body }, pressed });
    }
  });

  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) go(location.href, { push: false });
  });

  // Files may be dropped anywhere on the form.
  document.addEventListener("dragover", (event) => {
    if (event.target.closest?.("[data-drop]") && event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const form = event.target.closest?.("[data-drop]");
    if (!form || !event.dataTransfer.files.length) return;
    event.preventDefault();
    form.querySelector("[type=file]").files = event.dataTransfer.files;
    say(`${event.dataTransfer.files.length} files chosen`);
  });

  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/app/worker.js", { scope: "/app/" }).catch(() => {});
  addEventListener("DOMContentLoaded", begin);
  return { change, go, say };
})();
