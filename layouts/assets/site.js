/*
 * What the pages do with scripts on. Loaded in the head and small, so that a
 * remembered display mode is there before anything is painted:
 *
 *   1. display modes: large type, high contrast, dark, as attributes of <html>;
 *   2. a link to a place inside a closed <details> opens it, and so does paper;
 *   3. the search page.
 *
 * Everything is readable without it. No modules, no fetch: it runs from file://.
 */
(function () {
  'use strict';

  var root = document.documentElement;
  root.setAttribute('data-script', '');

  /* 1. Display modes. A mode is an attribute and its value. */

  var STORE = 'wangjian.display';
  var modes = read();

  function read() {
    try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch (e) { return {}; }
  }

  function remember() {
    try { localStorage.setItem(STORE, JSON.stringify(modes)); } catch (e) { /* private window */ }
  }

  function apply() {
    ['size', 'contrast', 'theme'].forEach(function (name) {
      if (modes[name]) root.setAttribute('data-' + name, modes[name]);
      else root.removeAttribute('data-' + name);
    });
  }

  function darkNow() {
    return modes.theme ? modes.theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
  }

  var TOGGLES = {
    size: { on: function () { return Boolean(modes.size); }, flip: function () { modes.size = modes.size ? '' : 'elder'; } },
    largest: { on: function () { return modes.size === 'largest'; }, flip: function () { modes.size = modes.size === 'largest' ? 'elder' : 'largest'; } },
    contrast: { on: function () { return modes.contrast === 'high'; }, flip: function () { modes.contrast = modes.contrast ? '' : 'high'; } },
    theme: { on: darkNow, flip: function () { modes.theme = darkNow() ? 'light' : 'dark'; } }
  };

  function showToggles() {
    document.querySelectorAll('[data-toggle]').forEach(function (button) {
      button.setAttribute('aria-pressed', String(TOGGLES[button.getAttribute('data-toggle')].on()));
    });
  }

  function wireToggles() {
    document.querySelectorAll('[data-toggle]').forEach(function (button) {
      button.addEventListener('click', function () {
        TOGGLES[button.getAttribute('data-toggle')].flip();
        remember();
        apply();
        showToggles();
      });
    });
    showToggles();
  }

  apply();

  /* 2. Details. */

  function openTarget() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    var opened = false;
    for (var e = target; e; e = e.parentElement) {
      if (e.tagName === 'DETAILS' && !e.open) {
        e.open = true;
        opened = true;
      }
    }
    if (opened) target.scrollIntoView();
  }

  function openOnPaper() {
    var opened = [];
    window.addEventListener('beforeprint', function () {
      document.querySelectorAll('details.more:not([open])').forEach(function (d) {
        d.open = true;
        opened.push(d);
      });
    });
    window.addEventListener('afterprint', function () {
      opened.splice(0).forEach(function (d) { d.open = false; });
    });
  }

  /* 3. Search: every word must be there, as it stands; titles count most. */

  var SHOWN = 50;
  var AROUND = 45;

  // Full-width letters and digits count as half-width, capitals as small. The
  // length stays, so that places in the folded text are places in the text.
  function fold(text) {
    return text.replace(/[\uff01-\uff5e\u3000A-Z]/g, function (c) {
      var code = c.charCodeAt(0);
      if (code === 0x3000) return ' ';
      if (code > 0xff00) code -= 0xfee0;
      return String.fromCharCode(code).toLowerCase();
    });
  }

  function search(index, query) {
    var words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    var hits = [];
    index.forEach(function (page, order) {
      var title = fold(page.t), text = fold(page.x), score = 0;
      var all = words.every(function (w) {
        var inTitle = title.indexOf(w) >= 0, inText = text.indexOf(w) >= 0;
        score += (inTitle ? 100 : 0) + (inText ? Math.min(20, text.split(w).length - 1) : 0);
        return inTitle || inText;
      });
      if (all) hits.push({ page: page, score: score, order: order, words: words });
    });
    return hits.sort(function (a, b) { return b.score - a.score || a.order - b.order; });
  }

  // Adds text to an element with the words marked.
  function marked(element, text, words) {
    var folded = fold(text), at = 0;
    while (at < text.length) {
      var next = -1, length = 0;
      words.forEach(function (w) {
        var n = folded.indexOf(w, at);
        if (n >= 0 && (next < 0 || n < next)) { next = n; length = w.length; }
      });
      if (next < 0) break;
      element.appendChild(document.createTextNode(text.slice(at, next)));
      var mark = document.createElement('mark');
      mark.textContent = text.slice(next, next + length);
      element.appendChild(mark);
      at = next + length;
    }
    element.appendChild(document.createTextNode(text.slice(at)));
  }

  function excerpt(text, words) {
    var folded = fold(text), first = -1;
    words.forEach(function (w) {
      var n = folded.indexOf(w);
      if (n >= 0 && (first < 0 || n < first)) first = n;
    });
    var from = Math.max(0, first - AROUND), to = Math.max(first, 0) + 2 * AROUND;
    return (from > 0 ? '…' : '') + text.slice(from, to) + (to < text.length ? '…' : '');
  }

  function add(parent, tag, className) {
    var e = document.createElement(tag);
    e.className = className;
    return parent.appendChild(e);
  }

  function show(list, hit) {
    var item = add(list, 'li', 'entry');
    var link = add(add(item, 'h2', 'entry-title'), 'a', '');
    link.href = list.getAttribute('data-root') + hit.page.u;
    marked(link, hit.page.t, hit.words);
    marked(add(item, 'p', 'entry-summary'), excerpt(hit.page.x, hit.words), hit.words);
    var meta = add(item, 'p', 'entry-meta');
    add(meta, 'span', '').textContent = hit.page.k;
    if (hit.page.d) add(meta, 'time', '').textContent = hit.page.d;
  }

  function wireSearch() {
    var list = document.getElementById('_results');
    if (!list || !window.wangjianIndex) return;
    var input = document.getElementById('_query'), status = document.getElementById('_status');
    function run() {
      var query = input.value.trim();
      var hits = search(window.wangjianIndex, query);
      list.textContent = '';
      hits.slice(0, SHOWN).forEach(function (hit) { show(list, hit); });
      if (!query) status.textContent = '';
      else if (!hits.length) status.textContent = '没有找到含有“' + query + '”的内容，可以换一个词再试。';
      else status.textContent = '找到' + hits.length + '条' + (hits.length > SHOWN ? '，列出前' + SHOWN + '条。' : '。');
    }
    input.form.addEventListener('submit', function (event) {
      event.preventDefault();
      try { history.replaceState(null, '', '?q=' + encodeURIComponent(input.value)); } catch (e) { /* file:// */ }
      run();
    });
    var asked = new URLSearchParams(location.search).get('q');
    if (asked) input.value = asked;
    run();
  }

  document.addEventListener('DOMContentLoaded', function () {
    wireToggles();
    openTarget();
    window.addEventListener('hashchange', openTarget);
    openOnPaper();
    wireSearch();
  });
})();
