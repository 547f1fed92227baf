// Drags an episode of the queue to another place; its buttons do the same with the keyboard.
"use strict";
(() => {
  let row = null, list = null, from = 0;

  const place = () => [...list.children].indexOf(row);
  const first = () => Number(list.dataset.first);

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.(".queue .handle");
    if (!handle || event.button) return;
    event.preventDefault();
    row = handle.closest("li");
    list = row.parentElement;
    from = place();
    row.classList.add("dragged");
    handle.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!row) return;
    const over = [...list.children].find((other) => {
      const box = other.getBoundingClientRect();
      return event.clientY >= box.top && event.clientY < box.bottom;
    });
    if (!over || over === row) return;
    if (place() < [...list.children].indexOf(over)) over.after(row);
    else over.before(row);
  });

  const drop = () => {
    if (!row) return;
    row.classList.remove("dragged");
    const to = place(), moved = row;
    row = null;
    if (to === from) return;
    moved.querySelector("[data-place]").value = String(first() + to);
    moved.querySelector("form.place").requestSubmit();
  };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
})();
