// The matcher of the site's search: forgives accents, capitals and typos, and finds a word by its beginning.
// It knows nothing of the page; `siteIndex` is the list it looks through, and `findInSite` the one name it adds.
"use strict";

var findInSite = (function () {
  const DULL = new Set(("a an and are at can do for from have how i if in is it my of on or should that the then to what when"
    + " with you your").split(" "));
  // How much a word counts by where it stands; a warning sign must never be missed behind an exercise.
  const IN_NAME = 10, IN_SUMMARY = 3, IN_WORDS = 2.5;
  const OF_KIND = { "Warning sign": 1.25, "Condition": 1.1, "Step": 0.8, "Word": 0.9 };

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/['\u2018\u2019]/g, "").toLowerCase();
  }

  function wordsOf(text) {
    return fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  }

  // "sit up" is also found as "situp": each word together with the next one.
  function withPairs(words) {
    return words.concat(words.slice(1).map((word, place) => words[place] + word));
  }

  // How many letters must be added, dropped, changed or swapped with a neighbour; more than `most` is not counted out.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], row = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      let best = i;
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next.push(cost);
        best = Math.min(best, cost);
      }
      if (best > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length];
  }

  // How well a typed word fits a word of the site, from 0 (not at all) to 1 (the same).
  function likeness(typed, word) {
    if (typed === word) return 1;
    if (word.startsWith(typed)) return 0.75 + 0.2 * typed.length / word.length;
    if (word.length > 3 && typed.startsWith(word) && typed.length - word.length <= 3) return 0.75;
    const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
    if (!most || (most === 1 && typed[0] !== word[0] && typed[1] !== word[1])) return 0;
    const whole = distance(typed, word, most);
    if (whole <= most) return 0.7 - 0.12 * whole;
    const start = typed.length > 4 && word.length > typed.length ? distance(typed, word.slice(0, typed.length), 1) : 9;
    return start === 1 ? 0.5 : 0;
  }

  function best(typed, words) {
    return words.reduce((most, word) => Math.max(most, likeness(typed, word)), 0);
  }

  let entries = null;

  function prepare() {
    entries = siteIndex.entries.map(([kind, folder, name, summary, more]) => ({
      kind: siteIndex.kinds[kind], folder, name, summary,
      inName: withPairs(wordsOf(name)), inSummary: wordsOf(summary), inWords: withPairs(wordsOf(more)),
    }));
  }

  // How well one entry answers all words typed; `missed` counts those it does not hold.
  function answer(entry, typed) {
    let sum = 0, missed = 0;
    for (const word of typed) {
      const fits = Math.max(
        IN_NAME * best(word, entry.inName), IN_SUMMARY * best(word, entry.inSummary), IN_WORDS * best(word, entry.inWords));
      sum += fits;
      missed += fits ? 0 : 1;
    }
    const whole = typed.join(""), name = entry.inName.slice(0, (entry.inName.length + 1) / 2).join("");
    if (name === whole) sum += 12;
    else if (name.startsWith(whole)) sum += 4;
    return { entry, missed, score: sum / (1 + 0.03 * name.length) * (OF_KIND[entry.kind] || 1) };
  }

  // The entries that answer best, best first: those that hold every word typed; where there are none, the most of them.
  return function (text) {
    if (!entries) prepare();
    const all = wordsOf(text), telling = all.filter((word) => !DULL.has(word)), typed = telling.length ? telling : all;
    if (!typed.length) return [];
    const found = entries.map((entry) => answer(entry, typed)).filter(({ missed }) => missed < typed.length);
    const fewest = Math.min(...found.map(({ missed }) => missed));
    return found.filter(({ missed }) => missed === fewest)
      .sort((a, b) => b.score - a.score || a.entry.name.localeCompare(b.entry.name, "en"))
      .map(({ entry }) => entry);
  };
})();
