// What the theme and the notebooks leave unsaid to a screen reader or a keyboard.
const attributes = {
  ".md-search": { "aria-label": "Search" },
  ".md-annotation__index": { "aria-label": "Annotation" },
  "clipboard-copy": { role: "button", tabindex: "0" },
  ".md-dialog__inner": { role: "status" }, // says "Copied"
};
document$.subscribe(() => {
  for (const [selector, values] of Object.entries(attributes)) {
    for (const element of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    }
  }
});
