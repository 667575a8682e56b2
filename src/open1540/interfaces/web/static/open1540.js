// What pages do beyond plain HTML; every page can be read without it.
document.addEventListener("click", (event) => {
  // An open menu closes when something else is chosen.
  for (const open of document.querySelectorAll("details.drop[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.drop[open]")) { open.open = false; open.querySelector("summary").focus(); }
});
document.addEventListener("change", (event) => {
  // A choice in a form marked so takes effect at once; without scripts its button does.
  const form = event.target.closest("form[data-at-once]");
  if (form) form.requestSubmit();
});
