// A word that is clicked in the text of a review is asked for in the form; "try" speaks how it is said.
"use strict";
(() => {
  const WORD = /[\p{L}\p{M}\p{N}'’-]/u;

  function wordAt(event) {
    const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const range = spot ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = spot?.offsetNode ?? range?.startContainer, at = spot?.offset ?? range?.startOffset;
    if (node?.nodeType !== Node.TEXT_NODE) return "";
    const text = node.data;
    let start = at, end = at;
    while (start > 0 && WORD.test(text[start - 1])) start -= 1;
    while (end < text.length && WORD.test(text[end])) end += 1;
    return text.slice(start, end).replace(/^['’-]+|['’-]+$/g, "").replace(/['’]s$/, "");
  }

  document.addEventListener("click", (event) => {
    const form = document.getElementById("say");
    if (!form) return;
    if (event.target.closest?.(".review .heard .text") && getSelection().isCollapsed) {
      const word = wordAt(event);
      if (!word) return;
      form.elements.word.value = word;
      form.elements.say.value = "";
      form.elements.say.focus();
      app.say(`How is ${word} said?`);
    } else if (event.target.closest?.(".try")) {
      const text = form.elements.say.value.trim() || form.elements.word.value.trim();
      if (!text) return form.elements.word.focus();
      const audio = form.querySelector(".trial");
      app.say("Being spoken");
      audio.src = `${form.dataset.try}?text=${encodeURIComponent(text)}`;
      audio.play().then(() => app.say(`Said: ${text}`), () => app.say("It could not be spoken."));
    }
  });
})();
