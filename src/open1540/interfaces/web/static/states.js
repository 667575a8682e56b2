// The matrix: the slider of its history, the evidence beside it, and ticking all proposals of a page.
const slider = document.querySelector("form.slider");
if (slider) {
  const numbers = slider.dataset.versions.split(",").reverse();
  const range = slider.querySelector("input[type=range]");
  const chosen = () => numbers[Number(range.value)];
  slider.hidden = false;
  range.addEventListener("input", () => { slider.querySelector("output").textContent = range.dataset.words.replace("{number}", chosen()); });
  range.addEventListener("change", () => { slider.elements.version.value = chosen(); slider.submit(); });
}
const drawer = document.getElementById("drawer");
if (drawer) {
  const address = (field) => {
    const url = new URL(location.href);
    if (field) url.searchParams.set("field", field); else url.searchParams.delete("field");
    history.replaceState(null, "", url);
  };
  let opener = null;
  const close = () => { drawer.replaceChildren(); address(null); document.querySelectorAll(".code.here").forEach((one) => one.classList.remove("here")); if (opener) opener.focus(); };
  const closing = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-close";
    button.setAttribute("aria-label", drawer.dataset.close);
    button.addEventListener("click", close);
    drawer.prepend(button);
  };
  if (drawer.children.length) closing();
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== drawer) return;
    closing();
    opener = event.detail.requestConfig.elt;
    address(new URL(opener.href).pathname.split("/").pop());
    document.querySelectorAll(".code.here").forEach((one) => one.classList.remove("here"));
    opener.classList.add("here");
    drawer.focus();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && drawer.contains(document.activeElement)) close(); });
}
for (const all of document.querySelectorAll("[data-all]")) {
  all.closest("label").classList.remove("d-none");
  all.addEventListener("change", () => { for (const one of document.querySelectorAll(`input[name=${all.dataset.all}]`)) one.checked = all.checked; });
}
