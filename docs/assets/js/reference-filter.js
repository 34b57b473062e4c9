// Narrows the reference list by words, kind and topic. Without scripts the whole list shows.
const choices = (name, values) =>
  `<label>${name} <select name="${name.toLowerCase()}"><option value="">all</option>` +
  [...values].map((value) => `<option>${value}</option>`).join("") +
  "</select></label>";

document$.subscribe(() => {
  const list = document.querySelector(".references");
  if (!list || list.querySelector("form")) return;
  const items = [...list.querySelectorAll("li[data-kind]")];
  const topicsOf = (item) => item.dataset.topics.split(" ");
  const form = document.createElement("form");
  form.className = "reference-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "References");
  form.innerHTML =
    '<label>Words <input type="search" name="words" autocomplete="off"></label>' +
    choices("Kind", new Set(items.map((item) => item.dataset.kind).sort())) +
    choices("Topic", new Set(items.flatMap(topicsOf).sort())) +
    "<output></output>";
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
