// Narrows the reference list by words, kind and topic. Without scripts the whole list shows.
const fill = (select, values) =>
  select.append(...[...new Set(values)].sort().map((value) => new Option(value, value)));

document$.subscribe(() => {
  const list = document.querySelector(".references");
  if (!list || list.querySelector("form")) return;
  const items = [...list.querySelectorAll("li[data-kind]")];
  const topicsOf = (item) => item.dataset.topics.split(" ");
  const form = document.createElement("form");
  form.className = "reference-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "References");
  form.innerHTML = `
    <label>Words <input type="search" name="words" autocomplete="off"></label>
    <label>Kind <select name="kind"><option value="">all</option></select></label>
    <label>Topic <select name="topic"><option value="">all</option></select></label>
    <output></output>`;
  fill(form.elements.kind, items.map((item) => item.dataset.kind));
  fill(form.elements.topic, items.flatMap(topicsOf));
  list.prepend(form);

  const filter = () => {
    const { words, kind, topic } = Object.fromEntries(new FormData(form));
    const wanted = words.toLowerCase().split(/\s+/);
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      item.hidden =
        !wanted.every((word) => text.includes(word)) ||
        (kind && item.dataset.kind !== kind) ||
        (topic && !topicsOf(item).includes(topic));
    }
    for (const group of list.querySelectorAll(".reference-list")) {
      group.hidden = group.querySelector("li:not([hidden])") === null;
      group.previousElementSibling.hidden = group.hidden;
    }
    const shown = items.filter((item) => !item.hidden).length;
    form.querySelector("output").textContent = `${shown} of ${items.length} shown`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
});
