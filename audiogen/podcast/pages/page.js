// What pages do besides reading along: copy an address, search the list, play from it.
"use strict";
(() => {
  function offerCopies() {
    for (const button of document.querySelectorAll("[data-copy]")) {
      const source = document.getElementById(button.dataset.copy);
      const label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        source.select();
        try { await navigator.clipboard.writeText(source.value); } catch { document.execCommand("copy"); }
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 2000);
      });
    }
  }

  const element = (tag, content, attributes = {}) => {
    const made = document.createElement(tag);
    made.append(content);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  // Letters without their marks, so that a search for "Munchen" finds München.
  const plain = (words) => words.normalize("NFD").replace(/\p{Mn}/gu, "").toLocaleLowerCase();

  function offerSearch() {
    const field = document.getElementById("search");
    if (!field) return;
    const [all, results, found] = ["entries", "results", "found"].map((id) => document.getElementById(id));
    const pages = document.querySelector(".pages");
    const MOST = 100;
    let index = null, loading = null;

    const load = () => (loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = field.dataset.index;
      script.addEventListener("load", () => {
        index = window.audiogenEpisodes.map((row) => ({ row, words: plain(`${row[1]} ${row[2]} ${row[7]}`) }));
        done();
      });
      script.addEventListener("error", failed);
      document.head.append(script);
    }));

    // An entry of the list with other words in it.
    const entry = ([slug, title, by, day, length, language, direction, , sound, picture, guid]) => {
      const item = document.getElementById("entries").querySelector("li").cloneNode(true);
      const [heading, line, button] = ["h3 a", ".byline", ".play"].map((part) => item.querySelector(part));
      Object.assign(line.parentElement, { lang: language, dir: direction });
      item.querySelector("img").src = picture;
      heading.href = `episodes/${encodeURIComponent(slug)}.html`;
      heading.textContent = title;
      item.querySelector(".dek")?.remove();
      line.querySelector(".by")?.remove();
      line.prepend(element("span", by, { class: "by" }));
      line.querySelector("time").dateTime = day;
      line.querySelector(".length").textContent = field.dataset.minutes.replace("{n}", length);
      Object.assign(button.dataset, { sound: `episodes/${encodeURIComponent(sound)}`, guid, title });
      if (button.dataset.plays) button.dataset.plays = `plays/${encodeURIComponent(slug)}`;
      button.classList.remove("playing");
      return item;
    };

    async function search() {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      if (words.length) await load();
      const hits = words.length ? index.filter((known) => words.every((word) => known.words.includes(word))) : [];
      results.replaceChildren(...hits.slice(0, MOST).map((hit) => entry(hit.row)));
      writeDates(results);
      results.hidden = !words.length;
      all.hidden = Boolean(words.length);
      if (pages) pages.hidden = Boolean(words.length);
      found.textContent = words.length ? field.dataset.found.replace("{n}", hits.length) : "";
    }

    field.closest(".search").hidden = false;
    field.addEventListener("focus", () => load(), { once: true });
    field.addEventListener("input", search);
  }

  /** A button plays its episode from the list; the place is kept as the episode's own page keeps it. */
  function offerPlaying() {
    const list = document.querySelector(".episodes");
    if (!list) return;
    const { memory, clock, remember, left, giveWay, tellHeard } = window.audiogen;
    const audio = new Audio();
    let button = null;

    const leave = () => {
      if (!button || !audio.duration) return;
      remember(button.dataset.guid, audio.ended ? 0 : audio.currentTime, audio.duration);
      tellHeard(button.dataset.plays, audio);
    };
    const mark = () => {
      if (!button) return;
      button.classList.toggle("playing", !audio.paused);
      const words = audio.paused ? list.dataset.play : list.dataset.pause;
      button.setAttribute("aria-label", `${words}: ${button.dataset.title}`);
    };
    const start = (other) => {
      audio.pause();
      leave();
      mark();
      button = other;
      audio.src = button.dataset.sound;
      audio.playbackRate = audio.defaultPlaybackRate = Number(memory.read("rate")) || 1;
    };

    audio.addEventListener("loadedmetadata", () => {
      audio.currentTime = left(button.dataset.guid, audio.duration);
    });
    audio.addEventListener("timeupdate", () => {
      const length = button.closest("li").querySelector(".length");
      if (audio.duration) length.textContent = `${clock(audio.currentTime)} / ${clock(audio.duration)}`;
    });
    for (const event of ["play", "pause", "ended", "error"]) audio.addEventListener(event, mark);
    for (const event of ["pause", "ended"]) audio.addEventListener(event, leave);
    addEventListener("pagehide", leave);
    giveWay(audio);
    list.addEventListener("click", (event) => {
      const pressed = event.target.closest(".play");
      if (!pressed) return;
      if (pressed !== button) start(pressed);
      if (audio.paused) audio.play().catch(mark); else audio.pause();
    });
    for (const each of list.querySelectorAll(".play")) each.hidden = false;
  }

  /** Dates as the language of the page writes them; without this script they stand as numbers. */
  function writeDates(within) {
    for (const time of within.querySelectorAll("time[datetime]")) {
      const language = document.documentElement.lang;
      const day = new Date(time.dateTime.slice(0, 10));
      if (!Number.isNaN(day.valueOf())) {
        time.textContent = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(day);
        time.lang = language;
        time.dir = document.documentElement.dir;
      }
    }
  }

  writeDates(document);
  offerCopies();
  offerPlaying();
  offerSearch();
})();
