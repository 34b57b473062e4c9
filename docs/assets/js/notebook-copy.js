// The copy buttons of notebook cells.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("clipboard-copy");
  if (!button) return;
  const cell = document.getElementById(button.getAttribute("for"));
  await navigator.clipboard.writeText(cell.textContent);
  const notice = button.querySelector(".notice");
  notice.hidden = false;
  setTimeout(() => (notice.hidden = true), 1000);
});
