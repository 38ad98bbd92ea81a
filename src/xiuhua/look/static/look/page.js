// What every page does beyond its HTML: the keyboard, selects that submit, forms that are sent once.
// Everything works without this file.

const rows = () => [...document.querySelectorAll("[data-row]")];

function selected() {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  return here >= 0 ? here : all.findIndex((row) => row.hasAttribute("aria-current"));
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const next = Math.min(Math.max(selected() + by, 0), all.length - 1);
  all[next].querySelector("a").focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}

function press(target) {
  target.focus();
  target.click();
  if (target.matches("summary")) {
    target.closest("details").querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }
}

function help() {
  const dialog = document.getElementById("help");
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

const COMMANDS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => (document.querySelector("[data-search]") ?? document.querySelector(".queue header a"))?.focus(),
  ".": () => document.querySelector("[data-move]")?.focus(),
  u: () => document.querySelector(".queue header a, .brand")?.click(),
  "?": help,
};

function typing(target) {
  return target.isContentEditable || target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || (document.querySelector("dialog[open]") && event.key !== "?")) return;
  const move = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const command = COMMANDS[event.key] ?? (move && (() => press(move)));
  if (!command) return;
  event.preventDefault();
  command();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  if (event.target.matches("[data-class]")) conditions(event.target);
});

// A button that sends a case somewhere says where to.
function addressed(unit) {
  const button = unit.form.querySelector("[data-to]");
  if (button && unit.value) button.textContent = button.dataset.to.replace("…", unit.selectedOptions[0].textContent);
}
document.querySelectorAll(".move select[name=f-unit]").forEach((unit) => {
  addressed(unit);
  unit.addEventListener("change", () => addressed(unit));
});

// A field for a component offers the nearest of the class, at the place of the form; without one, what the page knows.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-near]")) nearby(event.target);
});

async function nearby(field) {
  const form = field.form;
  const [lon, lat, chosen] = ["input[data-lon]", "input[data-lat]", "[data-class]"].map((name) => form.querySelector(name)?.value);
  if (!lon || !lat) return;
  const asked = new URLSearchParams({ lon, lat, class: chosen ?? "" });
  const answer = await fetch(`/part/components?${asked}`, { headers: { Accept: "text/html" } });
  if (answer.ok) field.list.innerHTML = await answer.text();
}

// The conditions that can be chosen are those of the class.
async function conditions(chosen) {
  const condition = document.querySelector(`[data-condition="${CSS.escape(chosen.dataset.class)}"]`);
  if (!condition) return;
  const answer = await fetch(`/part/conditions?class=${encodeURIComponent(chosen.value)}`, { headers: { Accept: "text/html" } });
  if (answer.ok) condition.innerHTML = await answer.text();
}

// A second press while the first is under way would only be the same again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-busy", "true"));
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

document.querySelector("[data-help]")?.addEventListener("click", help);
document.getElementById("help")?.addEventListener("click", (event) => event.target === event.currentTarget && help());
document.querySelector(".queue [aria-current]")?.scrollIntoView({ block: "nearest" });
addEventListener("load", () => (document.documentElement.dataset.ready = "")); // every script listens now
