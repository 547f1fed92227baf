// The player at the foot of the app: it goes on while pages change, and its place is kept on the server.
"use strict";
(() => {
  const box = document.getElementById("player");
  if (!box) return;
  const audio = box.querySelector("audio"), title = box.querySelector(".title"), speed = box.querySelector("select");
  const SAVE_EVERY = 10, TELL_EVERY = 30;
  let now = null, saved = 0, told = 0;

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

  async function open(slug, at = null) {
    if (now !== slug) {
      save();
      tellHeard();
      const answer = await fetch(api(slug), { credentials: "same-origin" });
      if (!answer.ok) return app.say("This episode cannot be played.");
      const episode = await answer.json();
      now = slug;
      saved = episode.position;
      title.textContent = episode.title;
      title.href = `/app/episodes/${encodeURIComponent(slug)}`;
      audio.src = `/app/sound/${encodeURIComponent(slug)}`;
      const from = at ?? (episode.position < episode.duration - 5 ? episode.position : 0);
      audio.addEventListener("loadedmetadata", () => { audio.currentTime = from; }, { once: true });
      if ("mediaSession" in navigator) {
        const artwork = [{ src: `/app/cover/${encodeURIComponent(slug)}`, sizes: "240x240" }];
        navigator.mediaSession.metadata = new MediaMetadata({ title: episode.title, artist: episode.site || "", artwork });
      }
      box.hidden = false;
      document.body.classList.add("plays");
    } else if (at !== null) audio.currentTime = at;
    audio.playbackRate = Number(speed.value);
    try { await audio.play(); } catch { app.say("Press play to listen."); }
    mark();
  }

  /** Show on the page which episode, and which of its sentences, is heard. */
  function mark() {
    for (const button of document.querySelectorAll("[data-play]")) {
      const plays = button.dataset.play === now && !audio.paused;
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
    save();
    tellHeard();
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
    now = null;
    box.hidden = true;
    document.body.classList.remove("plays");
    mark();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-play]");
    if (button) button.dataset.play === now && !audio.paused ? audio.pause() : open(button.dataset.play);
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
  document.addEventListener("app:page", mark);
  document.addEventListener("visibilitychange", save);
  addEventListener("pagehide", () => { save(); tellHeard(); });
})();
