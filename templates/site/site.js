// What a script adds to pages that work without one: search as you type, filters, and reading without a network.
"use strict";

(function () {
  const root = document.documentElement.dataset.root;
  const MOST = 20; // results shown

  function load(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = root + name;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function element(name, look, text) {
    const made = document.createElement(name);
    if (look) made.className = look;
    if (text) made.textContent = text;
    return made;
  }

  // Search -----------------------------------------------------------------------------------------------------------------

  function addressOf(folder) {
    const [path, place] = folder.split("#");
    return root + path + "/index.html" + (place ? "#" + place : "");
  }

  function row(entry) {
    const item = element("li"), link = element("a", "", entry.name);
    link.href = addressOf(entry.folder);
    item.append(link, element("span", "kind", entry.kind), element("p", "", entry.summary));
    return item;
  }

  function said(count, text) {
    if (!text.trim()) return "";
    if (!count) return "Nothing found for \u201c" + text + "\u201d. Try one short word, such as neck or lift.";
    const what = count === 1 ? "1 result" : count + " results";
    return count > MOST ? what + ". The first " + MOST + " are shown." : what + ".";
  }

  function search(box) {
    const input = box.querySelector("input"), list = box.querySelector(".results"), status = box.querySelector("[role=status]");
    let ready = null, timer = 0;

    function show() {
      const found = findInSite(input.value);
      list.replaceChildren(...found.slice(0, MOST).map(row));
      list.hidden = !found.length;
      clearTimeout(timer); // a screen reader hears the count once the typing rests
      timer = setTimeout(() => { status.textContent = said(found.length, input.value); }, found.length ? 400 : 800);
    }

    function start() {
      ready = ready || Promise.all([load("search.js"), load("find.js")]);
      return ready.then(show);
    }

    input.addEventListener("focus", start);
    input.addEventListener("input", start);
    box.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      start().then(() => { const first = list.querySelector("a"); if (first) first.focus(); });
    });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { input.value = asked; start(); }
  }

  // Filters ----------------------------------------------------------------------------------------------------------------

  function filters(form) {
    const cards = [...document.querySelectorAll("[data-position]")], status = form.querySelector("[role=status]");
    const groups = [...document.querySelectorAll("[data-group]")];

    function apply() {
      const wanted = [...new FormData(form)].filter(([, value]) => value);
      for (const card of cards) card.hidden = !wanted.every(([name, value]) => card.dataset[name].split(" ").includes(value));
      for (const group of groups) group.hidden = !group.querySelector("[data-position]:not([hidden])");
      const count = cards.filter((card) => !card.hidden).length;
      status.textContent = !wanted.length ? "All " + count + " exercises are shown."
        : count ? count + (count === 1 ? " exercise fits." : " exercises fit.")
        : "No exercise fits. Choose less, or start again.";
    }

    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("pageshow", apply); // the browser may have kept what was chosen
    for (const [name, value] of new URLSearchParams(location.search)) if (form.elements[name]) form.elements[name].value = value;
  }

  document.querySelectorAll(".search").forEach(search);
  document.querySelectorAll(".filters").forEach(filters);

  // Without a network ------------------------------------------------------------------------------------------------------

  if ("serviceWorker" in navigator && window.isSecureContext && location.protocol !== "file:") {
    navigator.serviceWorker.register(root + "service-worker.js").catch(() => {}); // a preview has none
  }
})();
