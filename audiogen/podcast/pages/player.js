// The player: upgrades the page's own <audio>. Where this script does not run, that one plays, and the text can be read.
"use strict";
(() => {
  const { memory, clock, left, giveWay } = window.audiogen;
  const player = document.getElementById("player");
  const audio = player.querySelector("audio");
  const say = player.dataset;
  const find = (selector) => player.querySelector(selector);
  const [button, deck, seek, rate, status] = [".play", ".deck", ".seek input", ".speed select", ".status"].map(find);
  const sentences = [...document.querySelectorAll(".s")];
  const starts = sentences.map((sentence) => Number(sentence.dataset.start));
  const chapters = [...document.querySelectorAll(".chapters a[data-start]")];
  const text = document.querySelector("article");
  const follow = document.querySelector(".follow");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const STEP = 5, LEAP = 15, SAVE_EVERY = 5, TELL_EVERY = 30;
  let now = -1, chosen = -1, chapter = -1, following = !calm.matches, saved = 0, told = 0;

  const length = () => (Number.isFinite(audio.duration) && audio.duration) || Number(say.duration);
  const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** The last of ascending numbers that is not above the value, by halves; -1 where all are. */
  const lastAt = (numbers, value) => {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] <= value) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  function showTime() {
    const at = audio.currentTime, total = length();
    find(".time").textContent = clock(at);
    find(".total").textContent = clock(total);
    seek.value = at;
    seek.setAttribute("aria-valuetext", fill(say.of, { time: clock(at), total: clock(total) }));
    seek.style.setProperty("--done", `${(100 * at) / total}%`);
  }

  function showSentence() {
    // A hair ahead: a seek lands on the sentence's own start, give or take a frame.
    const found = lastAt(starts, audio.currentTime + 0.03);
    if (found === now) return;
    sentences[now]?.classList.remove("now");
    now = found;
    sentences[now]?.classList.add("now");
    if (now >= 0 && !text.contains(document.activeElement)) choose(now);
    keepInSight();
  }

  function showChapter() {
    const found = lastAt(chapters.map((link) => Number(link.dataset.start)), audio.currentTime + 0.03);
    if (found === chapter) return;
    chapters[chapter]?.removeAttribute("aria-current");
    chapter = found;
    chapters[chapter]?.setAttribute("aria-current", "true");
  }

  function show() {
    showTime();
    if (sentences.length && (now >= 0 || audio.currentTime > 0)) showSentence();
    if (chapters.length) showChapter();
  }

  function tick() {
    show();
    if (!audio.paused) requestAnimationFrame(tick);
  }

  function inSight(element) {
    const box = element.getBoundingClientRect();
    const stage = document.querySelector(".stage").getBoundingClientRect();
    const top = stage.top <= 0 ? stage.bottom : 0;
    return box.top >= top && box.bottom <= innerHeight * 0.85;
  }

  function keepInSight() {
    const current = sentences[now];
    if (!current || !follow) return;
    const seen = inSight(current);
    follow.hidden = seen || following || audio.paused;
    if (following && !seen && !audio.paused) {
      const stage = document.querySelector(".stage").getBoundingClientRect();
      const place = current.getBoundingClientRect().top + scrollY - stage.height - innerHeight * 0.2;
      scrollTo({ top: place, behavior: calm.matches ? "auto" : "smooth" });
    }
  }

  const play = () => audio.play().catch(() => { if (audio.error) fail(); });
  const toggle = () => (audio.paused ? play() : audio.pause());
  const fail = () => { status.textContent = say.failed; };
  const go = (seconds) => {
    audio.currentTime = Math.min(Math.max(0, seconds), Math.max(0, length() - 0.05));
    show();
  };
  const move = (seconds) => go(audio.currentTime + seconds);
  const moveChapter = (step) => {
    const links = chapters.length ? chapters : sentences;
    const here = chapters.length ? chapter : now;
    const target = links[Math.min(Math.max(0, here + step), links.length - 1)];
    if (target) go(Number(target.dataset.start));
  };
  const setRate = (value) => { rate.value = value; audio.playbackRate = Number(rate.value); memory.write("rate", rate.value); };
  const moveRate = (step) => {
    const place = rate.selectedIndex + step;
    if (rate.options[place]) setRate(rate.options[place].value);
  };

  /** One sentence at a time is in the order of the Tab key; the arrows go on from it. */
  function choose(place, focus = false) {
    const [old, next] = [sentences[chosen], sentences[place]];
    if (!next) return;
    for (const name of ["tabindex", "role", "aria-description"]) old?.removeAttribute(name);
    chosen = place;
    next.setAttribute("tabindex", "0");
    next.setAttribute("role", "button");
    next.setAttribute("aria-description", say.from);
    if (focus) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
  }

  function playFrom(place) {
    choose(place);
    following = !calm.matches;
    go(starts[place]);
    play();
  }

  const KEYS = {
    k: toggle, K: toggle, j: () => move(-LEAP), J: () => move(-LEAP), l: () => move(LEAP), L: () => move(LEAP),
    n: () => moveChapter(1), N: () => moveChapter(1), p: () => moveChapter(-1), P: () => moveChapter(-1),
    "<": () => moveRate(-1), ">": () => moveRate(1),
  };
  const IN_PLAYER = { " ": toggle, ArrowLeft: () => move(-STEP), ArrowRight: () => move(STEP), Home: () => go(0), End: () => go(length()) };
  const IN_TEXT = {
    ArrowDown: () => choose(chosen + 1, true), ArrowRight: () => choose(chosen + 1, true),
    ArrowUp: () => choose(chosen - 1, true), ArrowLeft: () => choose(chosen - 1, true),
    Enter: () => playFrom(chosen), " ": toggle,
  };

  function press(event, table) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tag = event.target.tagName;
    // A list of speeds keeps its own keys, a button its space bar.
    if (tag === "SELECT" || (event.key === " " && tag === "BUTTON")) return;
    const act = table[event.key] || KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  }

  const remember = () => window.audiogen.remember(say.guid, audio.currentTime, length());

  function tellHeard() {
    told = audio.currentTime;
    window.audiogen.tellHeard(say.plays, audio);
  }

  function resume() {
    const asked = /^#t=(\d+(\.\d+)?)$/.exec(location.hash);
    const place = asked ? Number(asked[1]) : left(say.guid, length());
    if (!place || place >= length()) return;
    go(place);
    if (asked) return;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = player.dataset.restart;
    again.addEventListener("click", () => { memory.drop(say.guid); status.textContent = ""; go(0); button.focus(); });
    status.append(fill(say.resumed, { time: clock(place) }), " ", again);
  }

  function tellSystem() {
    const session = navigator.mediaSession;
    if (!session) return;
    const artwork = [{ src: new URL(say.artwork, location.href).href }];
    session.metadata = new MediaMetadata({ title: say.title, artist: say.artist, album: say.album, artwork });
    const handlers = {
      play, pause: () => audio.pause(), seekbackward: (asked) => move(-(asked.seekOffset || LEAP)),
      seekforward: (asked) => move(asked.seekOffset || LEAP), seekto: (asked) => go(asked.seekTime),
      previoustrack: () => moveChapter(-1), nexttrack: () => moveChapter(1),
    };
    for (const [name, handler] of Object.entries(handlers)) {
      try { session.setActionHandler(name, handler); } catch { /* an action that this browser does not know */ }
    }
  }

  function tellPosition() {
    if (!Number.isFinite(audio.duration)) return;
    try {
      navigator.mediaSession?.setPositionState?.({
        duration: audio.duration, playbackRate: audio.playbackRate, position: Math.min(audio.currentTime, audio.duration),
      });
    } catch { /* a browser that is between two states */ }
  }

  function draw() {
    audio.removeAttribute("controls");
    audio.hidden = true;
    for (const part of [button, deck]) part.hidden = false;
    player.classList.add("ready");
    text?.classList.add("can-seek");
    chapters.slice(1).forEach((link) => {
      const mark = document.createElement("span");
      mark.className = "tick";
      mark.style.left = `${(100 * Number(link.dataset.start)) / length()}%`;
      seek.parentElement.append(mark);
    });
    audio.preservesPitch = true;
    const kept = memory.read("rate");
    if ([...rate.options].some((option) => option.value === kept)) setRate(kept);
  }

  function listen() {
    button.addEventListener("click", toggle);
    find(".back").addEventListener("click", () => move(-LEAP));
    find(".forward").addEventListener("click", () => move(LEAP));
    rate.addEventListener("change", () => setRate(rate.value));
    seek.addEventListener("input", () => go(Number(seek.value)));
    player.addEventListener("keydown", (event) => press(event, IN_PLAYER));
    for (const link of chapters) {
      link.addEventListener("click", (event) => { event.preventDefault(); go(Number(link.dataset.start)); play(); });
    }
    addEventListener("hashchange", () => { const at = /^#t=(\d+(\.\d+)?)$/.exec(location.hash); if (at) go(Number(at[1])); });
    addEventListener("pagehide", () => { remember(); tellHeard(); });
    audio.addEventListener("play", () => { player.classList.add("playing"); button.setAttribute("aria-label", say.pause); status.textContent = ""; tick(); });
    audio.addEventListener("pause", () => { player.classList.remove("playing"); button.setAttribute("aria-label", say.play); remember(); tellHeard(); show(); });
    audio.addEventListener("timeupdate", () => {
      show();
      if (Math.abs(audio.currentTime - saved) > SAVE_EVERY) { saved = audio.currentTime; remember(); tellPosition(); }
      if (Math.abs(audio.currentTime - told) > TELL_EVERY) tellHeard();
    });
    audio.addEventListener("seeked", () => { show(); tellPosition(); });
    audio.addEventListener("ratechange", tellPosition);
    audio.addEventListener("loadedmetadata", () => { seek.max = Math.ceil(length()); showTime(); tellPosition(); });
    audio.addEventListener("ended", () => { memory.drop(say.guid); tellHeard(); });
    audio.addEventListener("error", fail);
  }

  function listenToText() {
    if (!sentences.length) return;
    choose(0);
    text.addEventListener("click", (event) => {
      const sentence = event.target.closest(".s");
      // A click that ends a selection of text is no wish to listen.
      if (sentence && getSelection().isCollapsed) playFrom(sentences.indexOf(sentence));
    });
    text.addEventListener("focusin", (event) => { const place = sentences.indexOf(event.target); if (place >= 0 && place !== chosen) choose(place); });
    text.addEventListener("keydown", (event) => { if (event.target.classList.contains("s")) press(event, IN_TEXT); });
    for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { following = false; keepInSight(); }, { passive: true });
    addEventListener("scroll", () => { if (!following) keepInSight(); }, { passive: true });
    follow.addEventListener("click", () => { following = true; follow.hidden = true; keepInSight(); sentences[now]?.scrollIntoView({ block: "center" }); });
  }

  draw();
  listen();
  listenToText();
  tellSystem();
  giveWay(audio);
  if (audio.error) fail();
  if (audio.readyState > 0) resume(); else audio.addEventListener("loadedmetadata", resume, { once: true });
  showTime();
})();
