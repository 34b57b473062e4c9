// What MathJax needs to know before it starts, and when it has to work again.
window.MathJax = {
  loader: {
    load: ["input/tex", "output/chtml", "a11y/assistive-mml"],
    paths: { fonts: "[mathjax]/fonts" }, // else they would come from another host
  },
  tex: {
    inlineMath: [["\\(", "\\)"], ["$", "$"]], // dollars: in notebooks
    displayMath: [["\\[", "\\]"], ["$$", "$$"]],
    processEscapes: true,
    tags: "none", // formulas bring the number they have through the whole site
  },
  output: { displayOverflow: "linebreak", scale: 0.93 }, // the text is a sans: letters of its size look too big
  options: {
    ignoreHtmlClass: "tex2jax_ignore|md-[a-z]+",
    processHtmlClass: "arithmatex|jp-RenderedMarkdown",
  },
  startup: {
    ready() {
      delete MathJax.config.options.menuOptions; // the menu is not loaded
      MathJax.startup.defaultReady();
    },
  },
};

// Every page that instant navigation brings in. MathJax typesets the first one by itself; a reset
// after that would drop its adaptive stylesheet and leave fractions flat.
let first = true;
document$.subscribe(() => {
  if (first) {
    first = false;
    return;
  }
  const startup = window.MathJax.startup;
  startup.promise = startup.promise
    .then(() => {
      MathJax.typesetClear();
      MathJax.texReset();
      startup.output.clearCache();
      return MathJax.typesetPromise();
    })
    .catch((error) => console.error("MathJax", error));
});
