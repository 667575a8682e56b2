// The reader by keyboard, and files dropped on a form. Everything here can be done without it.
const claims = () => [...document.querySelectorAll("[data-claim]")].filter((one) => one.offsetParent !== null);
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const DECISIONS = { a: "accepted", r: "rejected", u: "unsure" };

function current() {
  return document.activeElement.closest("[data-claim]") ?? document.querySelector("[data-claim]:target");
}

function move(step) {
  const all = claims(), at = all.indexOf(current());
  // Without one in focus, begin with the first below the top of the window.
  const first = all.findIndex((one) => one.getBoundingClientRect().top > 0);
  const next = all[at < 0 ? Math.max(first, 0) : at + step];
  if (!next) return;
  next.open = true;
  next.querySelector("summary").focus();
  next.scrollIntoView({ block: "center" });
}

function decide(claim, decision) {
  const form = claim.querySelector("form.judge");
  if (!form) return;
  claim.open = true;
  form.dataset.decision = decision;
  for (const button of form.querySelectorAll("button")) button.classList.toggle("active", button.value === decision);
  form.elements.reason.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("[data-reader]")) return;
  const form = event.target.closest("form.judge");
  if (form && event.key === "Enter" && event.target.name === "reason" && form.dataset.decision) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(`button[value="${form.dataset.decision}"]`));
    return;
  }
  if (event.key === "Escape" && typing(event.target)) {
    const claim = event.target.closest("[data-claim]");
    if (claim) claim.querySelector("summary").focus();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "c" && current()) current().querySelector("[data-correct]")?.click();
  else if (event.key in DECISIONS && current()) decide(current(), DECISIONS[event.key]);
  else return;
  event.preventDefault();
});

document.querySelector("[data-keys]")?.removeAttribute("hidden");
document.querySelector("[data-keys]")?.addEventListener("click", () => document.getElementById("keys").showModal());

// What is marked stands in the address, so that a link shows the same.
document.querySelector(".doc-legend")?.addEventListener("change", () => {
  const hidden = [...document.querySelectorAll("[data-kind]")].filter((box) => !box.checked).map((box) => box.dataset.kind);
  const address = new URL(location.href);
  hidden.length ? address.searchParams.set("hide", hidden.join(",")) : address.searchParams.delete("hide");
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll(".pager a, .doc-turn a")) {
    const to = new URL(link.href);
    hidden.length ? to.searchParams.set("hide", hidden.join(",")) : to.searchParams.delete("hide");
    link.href = to;
  }
});

// The claim an address leads to is opened, and goes on being the one the keys speak of.
addEventListener("load", () => {
  const target = location.hash.startsWith("#claim-") && document.getElementById(location.hash.slice(1));
  if (!target) return;
  target.open = true;
  target.querySelector("summary").focus();
});

const box = document.querySelector("[data-drop]");
if (box) {
  const input = box.querySelector("input[type=file]"), list = box.querySelector("[data-chosen]");
  const show = () => list.replaceChildren(...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
  input.addEventListener("change", show);
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); box.classList.remove("over"); input.files = event.dataTransfer.files; show(); });
}
