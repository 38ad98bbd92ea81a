// The search box over the map: what was typed is asked for after a short rest; arrows choose, Enter flies there.

const REST_MS = 180;

export function search(form, { near, fly, words, language }) {
  const box = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const say = form.querySelector("[aria-live]"); // how many were found is seen; that there is nothing has to be said
  let timer = 0,
    asked = 0,
    hits = [],
    chosen = -1;

  const text = (said) => (language.startsWith("en") ? said.en || said.zh : said.zh);

  function mark(next) {
    chosen = next;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    const item = list.children[chosen];
    if (item) {
      box.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
  }

  function row(hit, index) {
    const item = document.createElement("li");
    item.id = `hit-${index}`;
    item.setAttribute("role", "option");
    for (const [name, said] of [
      ["b", text(hit.name)],
      ["small", text(hit.what)],
    ]) {
      const part = document.createElement(name);
      part.textContent = said;
      item.append(part);
    }
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      go(index);
    });
    return item;
  }

  function tell(text, seen = false) {
    say.textContent = text;
    say.classList.toggle("away", !seen);
  }

  function show(found) {
    hits = found;
    list.replaceChildren(...hits.map(row));
    list.hidden = !hits.length;
    box.setAttribute("aria-expanded", String(Boolean(hits.length)));
    tell(hits.length ? words.hits.replace("{n}", hits.length) : words.nothing, !hits.length);
    mark(hits.length ? 0 : -1);
  }

  async function ask() {
    const q = box.value.trim();
    const mine = (asked += 1);
    if (!q) {
      show([]);
      tell("");
      return;
    }
    const [lon, lat] = near();
    try {
      const answer = await fetch(`/api/v1/places?q=${encodeURIComponent(q)}&near=${lon.toFixed(6)},${lat.toFixed(6)}`);
      if (!answer.ok) throw new Error(answer.status);
      const { items } = await answer.json();
      if (mine === asked) show(items);
    } catch {
      if (mine !== asked) return;
      close();
      tell(words.broken, true);
    }
  }

  function go(index) {
    const hit = hits[index];
    if (!hit) return;
    box.value = text(hit.name);
    close();
    fly(hit);
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, REST_MS);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      mark((chosen + step + hits.length) % hits.length);
    } else if (event.key === "Escape") close();
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await ask();
    go(Math.max(chosen, 0));
  });
}
