// Searches, filters and sorts the reference list. What is chosen stands in the address and nowhere
// else, so that a link, Back and Forward show it again.

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Whether an entry has a value of a filter, given the entry's data; a year that is unknown is "".
const HAS = {
  topic: ({ topics }, value) => topics.split(" ").includes(value),
  kind: ({ kind }, value) => kind === value,
  since: ({ year }, value) => year >= value,
  until: ({ year }, value) => year && year <= value,
  verdict: ({ verdict }, value) => verdict === value,
};

const enhance = (table) => {
  const path = location.pathname;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const form = table.querySelector("template").content.firstElementChild.cloneNode(true);
  const { words: box, sort } = form.elements; // `q` in an address opens the theme's search
  const [details, output, clear] = form.querySelectorAll("details, output, button");
  // Checkboxes or, in a select, options; the first of these stands for no choice.
  const facets = [...form.querySelectorAll("fieldset[name], fieldset select")].map((group) => ({
    name: group.name,
    choices: [...group.querySelectorAll("input, option + option")],
    on: group.type === "fieldset" ? "checked" : "selected",
  }));
  const sections = all(".reference-topic");
  const entries = all("li[data-kind]").map((element) => {
    const { id, dataset, children } = element;
    const texts = [...children].slice(0, -1).map(({ textContent }) => textContent); // no facts
    return {
      element,
      home: element.parentElement,
      ranks: dataset.ranks.split(" "),
      words: fold([id.slice(4), dataset.words, ...texts].join(" ")),
      has: facets.map(({ name, choices }) => choices.filter((c) => HAS[name](dataset, c.value))),
    };
  });
  // The words for an entry's kind and topics become links to all entries that have them.
  for (const word of all("li[data-kind] .kind")) {
    word.outerHTML = `<a class="kind">${word.textContent}</a>`;
  }
  for (const word of all("li[data-kind] :is(.kind, .topic)")) {
    word.href = `?${word.className}=${word.textContent}`;
  }
  const flat = entries[0].home.cloneNode();
  flat.hidden = table.hidden = true;
  [form.id, table.id] = [table.id, ""];
  details.open = matchMedia("(min-width: 45em)").matches;
  table.after(form, flat);

  let order = "";
  const arrange = () => {
    if (order === sort.value) return;
    order = sort.value;
    flat.hidden = !order;
    const rank = ({ ranks }) => ranks[sort.selectedIndex - 1];
    const sorted = order ? [...entries].sort((a, b) => rank(a) - rank(b)) : entries;
    for (const { element, home } of sorted) (order ? flat : home).append(element);
  };
  const present = (topics, narrowed) => {
    // Topics that are chosen stand before those that share works with them.
    const rank = ({ dataset }) => -topics.includes(dataset.topic);
    const now = all(".reference-topic");
    const ranked = [...sections].sort((a, b) => rank(a) - rank(b));
    if (ranked.some((section, i) => section !== now[i])) flat.after(...ranked);
    for (const section of sections) {
      section.hidden = order || !section.querySelector("[data-kind]:not([hidden])");
      for (const link of all(`.md-nav--secondary [href$="#${section.dataset.topic}"]`)) {
        link.parentElement.hidden = section.hidden;
      }
      for (const part of section.children) {
        part.hidden = narrowed && !part.matches("h2, .reference-list");
      }
    }
  };

  const apply = () => {
    const words = fold(box.value).split(/\s+/);
    const chosen = facets.map(({ choices, on }) => choices.filter((choice) => choice[on]));
    const counts = new Map();
    let shown = 0;
    for (const { element, has, words: text } of entries) {
      const found = words.every((word) => text.includes(word));
      const missed = facets.filter(
        (_, i) => chosen[i][0] && !has[i].some((choice) => chosen[i].includes(choice))
      );
      element.hidden = !found || missed.length > 0;
      shown += !element.hidden;
      // How many entries there would be with a choice: its own facet does not count.
      for (const [i, facet] of found ? facets.entries() : []) {
        if (missed.some((other) => other !== facet)) continue;
        for (const choice of has[i]) counts.set(choice, (counts.get(choice) ?? 0) + 1);
      }
    }
    for (const choice of facets.flatMap(({ choices }) => choices)) {
      const count = counts.get(choice) ?? 0;
      if (choice.labels) choice.nextElementSibling.textContent = count;
      else choice.text = `${choice.value} (${count})`;
    }
    const active = chosen.flat().length;
    arrange();
    present(
      chosen[0].map(({ value }) => value),
      active > chosen[0].length || box.value.trim()
    );
    details.querySelector("span").textContent = active ? `(${active})` : "";
    output.textContent = shown
      ? `${shown} of ${entries.length} works`
      : `None of ${entries.length} works fits. Take back a word or a filter.`;
    clear.hidden = !query();
  };

  const query = () => {
    const filled = [...new FormData(form)].filter(([, value]) => value.trim());
    return filled[0] ? `?${new URLSearchParams(filled)}` : "";
  };
  const load = () => {
    const params = new URLSearchParams(location.search);
    box.value = params.get("words") ?? "";
    sort.value = params.get("sort") ?? "";
    if (sort.selectedIndex < 0) sort.value = "";
    for (const { name, choices, on } of facets) {
      for (const choice of choices) choice[on] = params.getAll(name).includes(choice.value);
    }
    apply();
  };
  // With each step of the history the theme keeps where the page was scrolled to.
  const push = (search) => {
    const place = { x: scrollX, y: scrollY };
    history.scrollRestoration = "manual";
    history.replaceState(place, "");
    history.pushState(place, "", path + search);
  };
  // Shows what the address says, where the page was scrolled to, if it was.
  const show = (y) => {
    load();
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) {
      // What is chosen hides what the address leads to, and is given up.
      history.replaceState(history.state, "", path + location.hash);
      load();
    }
    if (y >= 0) scrollTo(0, y);
    else if (target || query()) (target ?? form).scrollIntoView();
  };
  const follow = ({ hash, search }) => {
    document.querySelector("[data-md-toggle=drawer]:checked")?.click();
    if (hash) return void (location.hash = hash); // a step of the history, which `show` follows
    push(search);
    show(search ? undefined : 0);
    clear.focus({ preventScroll: true });
  };

  let typing;
  const settle = () => {
    clearTimeout(typing);
    if (location.pathname === path) history.replaceState(history.state, "", path + query());
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", () => {
    apply();
    clearTimeout(typing);
    typing = setTimeout(settle, 300); // browsers refuse to change the address with each key
  });
  form.addEventListener("change", ({ target }) => {
    if (target === box) return settle();
    push(query());
    apply();
  });
  clear.addEventListener("click", () => {
    push("");
    load();
    box.focus();
  });
  show(history.state?.y || undefined); // for a new page, too, the theme notes 0
  return { path, show, follow };
};

let page;
document$.subscribe(() => {
  const table = document.querySelector(".reference-topics");
  page = table && enhance(table);
});

// Where the theme goes it tells `location$`, and loads what stands there. It must not hear of steps
// within this page. Once it leaves, Back is its own, even while the other page still loads.
const { next } = location$;
location$.next = (url) => {
  if (url.pathname === page?.path) return page.show(history.state?.y);
  page = null;
  next.call(location$, url);
};

// A link within the page keeps what is chosen; the theme would go to the address that the link had
// when the page was loaded. Its own search, in the header, closes itself.
const click = (event) => {
  const link = event.target.closest("a[href]:not(header *)");
  if (!page || link?.pathname !== page.path || link.host !== location.host) return;
  if (event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  event.stopPropagation();
  page.follow(link);
};
document.addEventListener("click", click, true);
