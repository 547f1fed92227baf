// What pages do besides playing: copy an address, search the list.
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

    const entry = ([slug, title, by, day, length, language, direction]) => {
      const item = element("li", "", { lang: language, dir: direction });
      const heading = element("h3", element("a", title, { href: `episodes/${encodeURIComponent(slug)}.html` }));
      const line = element("p", element("span", by), { class: "byline" });
      line.append(element("time", day, { datetime: day, dir: "ltr" }), element("span", field.dataset.minutes.replace("{n}", length)));
      item.append(heading, line);
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
  offerSearch();
})();
