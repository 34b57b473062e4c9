// Shows over a link what it leads to, on hover and on focus: the formula of a reference, typeset, and
// the definition of a term. It looks and behaves as what the theme shows over a note's number, with
// the theme's classes and attributes; preview-touch.js does the rest for all of them.
const HOST = "a:is([data-tex], [data-definition])";
const LINGER = 250; // milliseconds, to get from a link onto its preview
const WIDEST = 30; // rem, before a formula's lines are broken

let host = null; // the link whose preview is open, or is being made
let preview = null;
let leaving;

const element = (tag, attributes, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

const bodyOf = ({ dataset: { tex, title, definition } }) =>
  tex === undefined
    ? [element("p", { class: "preview-definition arithmatex" }, definition)]
    : [
        element("p", { class: "preview-title" }, title),
        element("div", { class: "arithmatex" }, `\\[${tex}\\]`),
      ];

// After whatever MathJax is busy with: it starts up, or typesets a page.
const typeset = (made) => {
  const { startup } = MathJax;
  startup.promise = startup.promise
    .then(() => MathJax.typesetPromise([made]))
    .catch((error) => console.error("MathJax", error));
  return startup.promise;
};

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

// As wide as the formula, once its lines are broken to what there is room for.
const fit = (made) => {
  const inner = made.firstElementChild;
  const formula = made.querySelector("div.arithmatex mjx-math");
  if (!formula) return;
  const title = made.querySelector(".preview-title");
  const range = document.createRange();
  range.selectNodeContents(title);
  const needed = Math.max(formula.getBoundingClientRect().width, range.getBoundingClientRect().width);
  const { paddingLeft, paddingRight } = getComputedStyle(inner);
  const room = 2 * rem(); // MathJax sets a margin beside the formula, and italics lean out of it
  const width = Math.ceil(needed + parseFloat(paddingLeft) + parseFloat(paddingRight) + room);
  const now = parseFloat(getComputedStyle(inner).width);
  made.style.setProperty("--md-tooltip-width", `${Math.min(now, width)}px`);
};

const place = (link, made) => {
  const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const above = box.y >= innerHeight / 2;
  const { height } = made.firstElementChild.getBoundingClientRect();
  const set = (name, pixels) => made.style.setProperty(`--md-tooltip-${name}`, `${pixels}px`);
  set("host-x", box.x + scrollX);
  set("host-y", box.y + scrollY);
  set("x", box.width / 2);
  set("y", above ? -16 - height : 16 + box.height);
  made.classList.add(above ? "md-tooltip2--top" : "md-tooltip2--bottom");
};

const close = () => {
  clearTimeout(leaving);
  if (preview) {
    MathJax.typesetClear?.([preview]);
    preview.remove();
  }
  host?.removeAttribute("aria-controls");
  host?.removeAttribute("aria-haspopup");
  host = preview = null;
};

const open = async (link) => {
  clearTimeout(leaving);
  if (link === host) return;
  close();
  host = link;
  const inner = element("div", { class: "md-tooltip2__inner md-typeset" }, ...bodyOf(link));
  const label = link.getAttribute("aria-label") ?? link.textContent;
  const attributes = { class: "md-tooltip2 preview", id: "__preview", role: "dialog" };
  const made = element("div", { ...attributes, "aria-label": label }, inner);
  if (link.dataset.tex !== undefined) made.style.setProperty("--md-tooltip-width", `${WIDEST}rem`);
  document.body.append(made);
  preview = made;
  if (made.textContent.includes("\\")) await typeset(made);
  if (preview !== made) return made.remove(); // closed or replaced meanwhile
  fit(made);
  place(link, made);
  link.setAttribute("aria-controls", made.id);
  link.setAttribute("aria-haspopup", "dialog");
  made.classList.add("md-tooltip2--active");
};

// On the document, which instant navigation keeps; these events do not bubble.
const listen = (name, listener) =>
  document.addEventListener(name, ({ target }) => listener(target), { capture: true });
const isHost = (target) => target instanceof Element && target.matches(HOST);
const isOpen = (target) => host !== null && (target === host || target === preview);
const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(() => host !== document.activeElement && close(), LINGER);
};

listen("mouseenter", (target) => {
  if (isHost(target)) open(target);
  else if (isOpen(target)) clearTimeout(leaving);
});
listen("mouseleave", (target) => isOpen(target) && leave());
listen("focusin", (target) => isHost(target) && open(target));
listen("focusout", (target) => isOpen(target) && leave());
document.addEventListener("click", (event) => {
  if (!event.defaultPrevented && event.target.closest(HOST)) close(); // the link is followed
});
document$.subscribe(close);
