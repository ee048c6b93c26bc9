/*
 * What the pages do with scripts on. Loaded in the head, so that a remembered display
 * mode is there before anything is painted. No modules, no fetch: it runs from file://.
 */
(function () {
  'use strict';

  var root = document.documentElement;
  if (root.hasAttribute('data-script')) return; // 404.html names it twice
  root.setAttribute('data-script', '');
  if (/[?&]q=./.test(location.search)) root.setAttribute('data-asks', '');

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

  /* 2. A link to a place inside a closed <details> opens it, and so does paper. */

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
    if (opened) target.scrollIntoView({ behavior: 'instant' });
  }

  function openOnPaper() {
    var opened = [];
    window.addEventListener('beforeprint', function () {
      document.querySelectorAll('details:not([open])').forEach(function (d) {
        d.open = true;
        opened.push(d);
      });
    });
    window.addEventListener('afterprint', function () {
      opened.splice(0).forEach(function (d) { d.open = false; });
    });
  }

  /*
   * 3. Tables. A first press puts figures with the largest first and words from
   * the beginning, a second turns that round, a third brings back the form's own
   * order. What is no number (无, 未报, —) or blank stands last both ways. A row that
   * divides the one above it (.within) stays below it. The stylesheet has kept
   * the buttons' room, so that nothing moves.
   */

  var NUMBER = /^[-+]?(\d+)(?:\.(\d+))?%?$/;
  var words = null;

  // Made when words are first put in order: a phone takes a tenth of a second to.
  function compareWords(a, b) {
    if (!words) words = window.Intl ? new Intl.Collator('zh-CN', { numeric: true }) : { compare: function (a, b) { return a < b ? -1 : a > b ? 1 : 0; } };
    return words.compare(a, b);
  }

  function textOf(row, column) {
    var cell = row.cells[column];
    if (!cell) return '';
    if (!cell.querySelector('.corrected')) return cell.textContent.trim();
    var copy = cell.cloneNode(true);
    copy.querySelectorAll('.corrected').forEach(function (e) { e.remove(); });
    return copy.textContent.trim();
  }

  // Exact: digits are compared.
  function compareNumbers(a, b) {
    var less = a.charAt(0) === '-', m = NUMBER.exec(a), n = NUMBER.exec(b);
    if (less !== (b.charAt(0) === '-')) return less ? -1 : 1;
    var whole = [m[1].replace(/^0+/, ''), n[1].replace(/^0+/, '')];
    var part = [m[2] || '', n[2] || ''], length = Math.max(part[0].length, part[1].length);
    var x = whole[0] + (part[0] + '0'.repeat(length)).slice(0, length), y = whole[1] + (part[1] + '0'.repeat(length)).slice(0, length);
    var order = x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
    return less ? -order : order;
  }

  function blocksOf(body) {
    var blocks = [];
    Array.prototype.forEach.call(body.rows, function (row) {
      if (blocks.length && row.classList.contains('within')) blocks[blocks.length - 1].within.push({ row: row, within: [] });
      else blocks.push({ row: row, within: [] });
    });
    return blocks;
  }

  function sorted(blocks, column, numbers, sign) {
    return blocks.map(function (b) {
      return { row: b.row, text: textOf(b.row, column), within: sorted(b.within, column, numbers, sign) };
    }).sort(function (a, b) {
      var none = !(numbers ? NUMBER.test(a.text) : a.text), other = !(numbers ? NUMBER.test(b.text) : b.text);
      if (none || other) return none - other;
      return sign * (numbers ? compareNumbers(a.text, b.text) : compareWords(a.text, b.text));
    });
  }

  function wireTable(table) {
    var body = table.tBodies[0], blocks = blocksOf(body), heads = table.tHead.rows[0].cells;
    Array.prototype.forEach.call(heads, function (head, column) {
      var texts = Array.prototype.map.call(body.rows, function (row) { return textOf(row, column); });
      if (texts.filter(Boolean).length < 2) return;
      var numbers = texts.some(function (t) { return NUMBER.test(t); }) && texts.every(function (t) { return NUMBER.test(t) || !/\d/.test(t); });
      var turns = numbers ? ['descending', 'ascending', null] : ['ascending', 'descending', null];
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var turn = turns[(turns.indexOf(head.getAttribute('aria-sort')) + 1) % 3];
        Array.prototype.forEach.call(heads, function (h) { h.removeAttribute('aria-sort'); });
        if (turn) head.setAttribute('aria-sort', turn);
        (turn ? sorted(blocks, column, numbers, turn === 'ascending' ? 1 : -1) : blocks).forEach(function place(b) {
          body.appendChild(b.row);
          b.within.forEach(place);
        });
      });
    });
  }

  function wireTables() {
    document.querySelectorAll('table[data-sort]').forEach(function (table) {
      var fold = table.closest('details:not([open])');
      if (fold) fold.addEventListener('toggle', function () { wireTable(table); }, { once: true });
      else wireTable(table);
    });
  }

  /* 4. Reading aloud, where there is a Chinese voice; words for search boxes. */

  var here = document.currentScript && document.currentScript.src;

  function add(name) {
    var script = document.createElement('script');
    script.src = new URL(name, here).href;
    document.head.appendChild(script);
  }

  function wireSpeech() {
    var voice = window.speechSynthesis;
    var start = document.querySelector('[data-speak="start"]');
    if (!voice || !start) return;
    function look() { root.toggleAttribute('data-speech', voice.getVoices().some(function (v) { return /^(zh|cmn|yue)/i.test(v.lang); })); }
    look();
    voice.onvoiceschanged = look;
    start.addEventListener('click', function () { add('speak.js'); }, { once: true });
  }

  function wireSearch(event) {
    if (!event.target.closest('[role="search"]')) return;
    document.removeEventListener('focusin', wireSearch);
    add('suggest.js');
  }

  /*
   * 5. Scrolling. A table that scrolls sideways lies in a box, which the style
   * cannot keep a head at the window's top for: it is moved there, as far as the
   * table's last row, where it leaves room for the rows. The way back to the top
   * is shown to those who are far from it.
   */

  function placeHead(table) {
    var box = table.getBoundingClientRect(), top = box.top + table.tHead.offsetTop, head = table.tHead.offsetHeight;
    var down = top < 0 && head < window.innerHeight / 3 ? Math.min(-top, box.bottom - top - head - table.rows[table.rows.length - 1].offsetHeight) : 0;
    table.tHead.style.setProperty('--down', Math.max(0, down) + 'px');
  }

  function wireScrolling() {
    var tables = document.querySelectorAll('.table-scroll > table'), waiting = false;
    window.addEventListener('scroll', function () {
      if (waiting) return;
      waiting = true;
      window.requestAnimationFrame(function () {
        waiting = false;
        root.toggleAttribute('data-far', window.scrollY > window.innerHeight);
        tables.forEach(placeHead);
      });
    }, { passive: true });
  }

  document.addEventListener('DOMContentLoaded', function () {
    wireScrolling();
    wireToggles();
    wireTables();
    wireSpeech();
    document.addEventListener('focusin', wireSearch);
    openTarget();
    window.addEventListener('hashchange', openTarget);
    openOnPaper();
  });
})();
