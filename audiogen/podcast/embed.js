// One script for a whole site: it shows the player of the article that the page is, and nothing where there is none.
// <script async src="https://audio.example.org/embed.js"></script>
// The player stands where <div data-audiogen></div> is, else before the article's first paragraph.
(() => {
  "use strict";
  const script = document.currentScript;
  const server = new URL(".", script.src);
  const canonical = document.querySelector('link[rel="canonical"]')?.href;
  const address = script.dataset.url || canonical || location.href;

  const place = () => {
    const named = document.querySelector("[data-audiogen]");
    if (named) return (made) => named.replaceChildren(made);
    const article = document.querySelector("article, [role=article], main");
    const first = article?.querySelector("p");
    return first ? (made) => first.before(made) : null;
  };

  const frame = (told) => {
    const made = document.createElement("iframe");
    made.src = told.player;
    made.title = told.label;
    made.width = "100%";
    made.height = told.height;
    made.loading = "lazy";
    made.allow = "autoplay";
    made.style.border = "0";
    made.style.display = "block";
    return made;
  };

  const show = async () => {
    const asked = new URL("embed.json", server);
    asked.searchParams.set("url", address);
    const answer = await fetch(asked, { credentials: "omit" });
    const told = answer.ok ? await answer.json() : {};
    const put = told.player ? place() : null;
    if (!put) return;
    put(frame(told));
    const data = document.createElement("script");
    data.type = "application/ld+json";
    data.textContent = JSON.stringify(told.data);
    document.head.append(data);
  };

  const begin = () => show().catch(() => {});
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
