// Keeps the list of jobs up to date. Everything works without it; pages are only older then.
(() => {
  "use strict";
  const list = document.querySelector("[data-watch]");
  if (!list || !("EventSource" in window)) return;
  const told = document.querySelector("[data-told]");
  const ended = new Set(["done", "refused", "failed", "cancelled"]);

  const row = async (id) => {
    const answer = await fetch(`/app/jobs/${encodeURIComponent(id)}`, { credentials: "same-origin" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector(".job");
  };

  const put = async (job) => {
    const made = await row(job.id);
    if (!made) return;
    const old = document.getElementById(`job-${job.id}`);
    // A button that is about to be pressed does not move away.
    if (old && old.contains(document.activeElement)) return;
    if (old) old.replaceWith(made);
    else {
      list.querySelector(".none")?.remove();
      list.prepend(made);
    }
    if (told && ended.has(job.state)) told.textContent = `${job.name}: ${job.state}`;
  };

  const source = new EventSource(list.dataset.watch);
  source.addEventListener("open", () => { list.dataset.live = ""; });
  source.addEventListener("error", () => { delete list.dataset.live; });
  source.addEventListener("job", (event) => put(JSON.parse(event.data)));
})();
