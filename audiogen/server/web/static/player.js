// The player at the foot of the app: it goes on while pages change, and its place is kept on the server.
"use strict";
(() => {
  const box = document.getElementById("player");
  if (!box) return;
  const audio = box.querySelector("audio"), title = box.querySelector(".title"), speed = box.querySelector("select");
  const SAVE_EVERY = 10, TELL_EVERY = 30, ASK_EVERY = 2000;
  // What is played: an episode by its slug, or an article that is being made by its job; never both.
  let now = null, making = null, asking = 0, saved = 0, told = 0;

  const api = (slug) => `/api/episodes/${encodeURIComponent(slug)}`;
  const speaks = () => now && audio.readyState > 0;

  function save() {
    if (!speaks() || audio.ended || audio.currentTime === saved) return;
    saved = audio.currentTime;
    app.change(api(now), { position: Math.round(saved * 10) / 10 });
  }

  /** Tell the server which stretches were heard; it counts plays. */
  function tellHeard() {
    if (!now || !audio.played.length) return;
    told = audio.currentTime;
    const tenths = (seconds) => Math.round(10 * seconds) / 10;
    const heard = Array.from({ length: audio.played.length }, (_, place) => [audio.played.start(place), audio.played.end(place)].map(tenths));
    navigator.sendBeacon(`/app/plays/${encodeURIComponent(now)}`, JSON.stringify(heard));
  }

  function show(name, address) {
    title.textContent = name;
    title.href = address;
    box.hidden = false;
    document.body.classList.add("plays");
  }

  function begin(slug, job = null) {
    save();
    tellHeard();
    now = slug;
    making = job;
    clearInterval(asking);
    if (job) asking = setInterval(takeOver, ASK_EVERY);
  }

  async function play() {
    audio.playbackRate = Number(speed.value);
    try { await audio.play(); } catch (error) { if (error.name !== "AbortError") app.say("Press play to listen."); }
    mark();
  }

  /** Play what is spoken so far of an article, and the rest as it comes. */
  function preview(job, name) {
    if (making !== job) {
      begin(null, job);
      show(name, `/app/jobs#job-${encodeURIComponent(job)}`);
      audio.src = `/app/preview/${encodeURIComponent(job)}`;
    }
    play();
  }

  /** Play the file at the same place once it is there; say why where there will be none. */
  async function takeOver() {
    const id = making, answer = id && await fetch(`/api/jobs/${encodeURIComponent(id)}`, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const job = await answer.json();
    if (making !== id) return;
    if (job.state === "done" && job.episode) open(job.episode.slug, audio.readyState ? audio.currentTime : null, !audio.paused || audio.ended);
    else if (job.finished) {
      app.say(`${job.name}: ${job.message || job.state}`);
      close();
    }
  }

  async function open(slug, at = null, plays = true) {
    if (now !== slug) {
      const answer = await fetch(api(slug), { credentials: "same-origin" });
      if (!answer.ok) return app.say("This episode cannot be played.");
      const episode = await answer.json();
      begin(slug);
      saved = episode.position;
      show(episode.title, `/app/episodes/${encodeURIComponent(slug)}`);
      audio.src = `/app/sound/${encodeURIComponent(slug)}`;
      const from = at ?? (episode.position < episode.duration - 5 ? episode.position : 0);
      audio.addEventListener("loadedmetadata", () => { audio.currentTime = from; }, { once: true });
      if ("mediaSession" in navigator) {
        const artwork = [{ src: `/app/cover/${encodeURIComponent(slug)}`, sizes: "240x240" }];
        navigator.mediaSession.metadata = new MediaMetadata({ title: episode.title, artist: episode.site || "", artwork });
      }
    } else if (at !== null) audio.currentTime = at;
    if (plays) play();
  }

  /** Show on the page which episode, and which of its sentences, is heard. */
  function mark() {
    for (const button of document.querySelectorAll("[data-play], [data-preview]")) {
      const plays = (button.dataset.preview ? button.dataset.preview === making : button.dataset.play === now) && !audio.paused;
      button.setAttribute("aria-pressed", String(plays));
    }
    const lines = document.querySelector(`[data-lines="${CSS.escape(now || "")}"]`);
    if (!lines) return;
    const starts = [...lines.querySelectorAll("span[data-at]")];
    const current = starts.findLast((line) => Number(line.dataset.at) <= audio.currentTime + 0.03);
    lines.querySelector("[aria-current]")?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
  }

  async function ended() {
    if (making) return takeOver();
    const heard = now;
    tellHeard();
    await app.change(api(heard), { listened: true });
    document.querySelector(`.queue > [data-slug="${CSS.escape(heard)}"]`)?.remove();
    app.say(`${title.textContent}: listened`);
    const answer = await fetch("/api/episodes?state=queue&limit=1", { credentials: "same-origin" });
    const [next] = answer.ok ? (await answer.json()).episodes : [];
    if (next && next.slug !== heard) open(next.slug);
    else close();
  }

  function close() {
    begin(null);
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
    box.hidden = true;
    document.body.classList.remove("plays");
    mark();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-play]");
    if (button) button.dataset.play === now && !audio.paused ? audio.pause() : open(button.dataset.play);
    const early = event.target.closest?.("[data-preview]");
    if (early) early.dataset.preview === making && !audio.paused ? audio.pause() : preview(early.dataset.preview, early.dataset.name);
    const line = event.target.closest?.("[data-at]");
    if (line) open(line.closest("[data-lines]").dataset.lines, Number(line.dataset.at));
  });
  box.querySelector(".back").addEventListener("click", () => { audio.currentTime -= 15; });
  box.querySelector(".on").addEventListener("click", () => { audio.currentTime += 15; });
  box.querySelector(".close").addEventListener("click", close);
  speed.addEventListener("change", () => { audio.playbackRate = Number(speed.value); });
  audio.addEventListener("timeupdate", () => {
    mark();
    if (Math.abs(audio.currentTime - saved) >= SAVE_EVERY) save();
    if (Math.abs(audio.currentTime - told) >= TELL_EVERY) tellHeard();
  });
  audio.addEventListener("play", mark);
  audio.addEventListener("pause", () => { save(); tellHeard(); mark(); });
  audio.addEventListener("ended", ended);
  audio.addEventListener("error", () => { if (making) takeOver(); });
  document.addEventListener("app:page", mark);
  document.addEventListener("visibilitychange", save);
  addEventListener("pagehide", () => { save(); tellHeard(); });
})();
