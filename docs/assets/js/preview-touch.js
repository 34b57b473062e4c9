// Links show what they lead to, on hover and on focus: the numbers of notes by the theme, formulas and
// terms by previews.js. Here, what a finger and the Escape key need: the first tap shows it where it
// would jump, the second follows, Escape closes.
const MARK = ":is(.footnote-ref, .eqref, .term)";
const PREVIEW = ".md-tooltip2--active";

let byFinger = false; // what pointed last
let tapped = null; // the mark whose preview a tap has opened

const closePreviews = () => {
  tapped = null;
  // The theme names on a mark the preview that is open.
  for (const mark of document.querySelectorAll(`${MARK}[aria-controls]`)) mark.blur();
  for (const hovered of document.querySelectorAll(`${MARK}[aria-controls], ${PREVIEW}`)) {
    hovered.dispatchEvent(new MouseEvent("mouseleave"));
  }
};

// Before the theme's own listeners, and on the document, which instant navigation keeps.
const listen = (name, listener) => document.addEventListener(name, listener, { capture: true });

listen("pointerdown", ({ pointerType, target }) => {
  byFinger = pointerType === "touch";
  const isElsewhere = target.closest(MARK) !== tapped && !target.closest(PREVIEW);
  if (tapped && isElsewhere) closePreviews();
});

listen("click", (event) => {
  const mark = event.target.closest(MARK);
  if (!mark || !byFinger || event.detail === 0) return; // 0: by a key
  if (mark === tapped) return closePreviews(); // and the link is followed
  event.preventDefault();
  event.stopPropagation();
  mark.focus({ preventScroll: true }); // not every browser does so
  tapped = mark;
});

listen("keydown", ({ key }) => {
  if (key === "Escape") closePreviews();
});
