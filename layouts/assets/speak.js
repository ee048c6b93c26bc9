/*
 * Reads the page's main text aloud with the browser's own voice. Loaded by
 * site.js when a reader asks for it; it begins at once. The one button goes
 * between reading and pausing, the other stops.
 */
(function () {
  'use strict';

  // What is not text to be heard.
  var SILENT = 'script, style, svg, nav, form, button, noscript, video, [aria-hidden="true"], .unseen, .contents, .figure-note, .neighbours, .table-file';
  // What ends a sentence when no mark does.
  var BLOCKS = 'h1, h2, h3, h4, p, li, dt, dd, caption, figcaption, summary, div, section';
  // Some browsers fall silent in a long utterance.
  var LONGEST = 120;

  var voice = window.speechSynthesis;
  var start = document.querySelector('[data-speak="start"]');
  var stop = document.querySelector('[data-speak="stop"]');
  var queue = [];
  var state = 'silent';

  function show(next) {
    state = next;
    start.textContent = { silent: '朗读', speaking: '暂停', paused: '继续' }[next];
    stop.hidden = next === 'silent';
  }

  // Numbers that are dialled: hotlines by their shape, unless a unit makes them an
  // amount (110件), and telephone numbers.
  var DIALLED = /(^|[^\d.-])((?:1[12][0-9]|12[0-9]{3}|9[56][0-9]{3})(?![\d.-]|\s*[件个条万亿元户次人家名项批张份吨日月年%％])|0\d{2,3}-?\d{7,8}(?!\d)|[48]00-?\d{3}-?\d{4}(?!\d))/g;

  function digitByDigit(text) {
    return text.replace(DIALLED, function (all, before, number) { return before + number.replace(/-/g, '').split('').join(' '); });
  }

  // Whether a text is one to be heard: it is shown, and no part of what is silent.
  function isHeard(parent) {
    return !parent.closest(SILENT) && parent.getClientRects().length && (!parent.closest('details:not([open])') || parent.closest('summary'));
  }

  function heard(element) {
    var text = '', walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, null);
    while (walk.nextNode()) if (isHeard(walk.currentNode.parentElement)) text += walk.currentNode.nodeValue;
    return text.replace(/\s+/g, ' ').trim();
  }

  // A table's cells by row and column, each in all places that it spans.
  function gridOf(table) {
    var grid = [];
    Array.prototype.forEach.call(table.rows, function (row, y) {
      var x = 0;
      grid[y] = grid[y] || [];
      Array.prototype.forEach.call(row.cells, function (cell) {
        while (grid[y][x]) x++;
        for (var down = 0; down < cell.rowSpan && y + down < table.rows.length; down++) {
          for (var right = 0; right < cell.colSpan; right++) (grid[y + down] = grid[y + down] || [])[x + right] = cell;
        }
        x += cell.colSpan;
      });
    });
    return grid;
  }

  function isHead(cell) { return Boolean(cell.closest('thead')) || cell.scope === 'col' || cell.scope === 'colgroup'; }

  // A row with the name of each cell's column before what it holds; a row's own
  // head stands for itself. A row of heads is not read.
  function rowText(row) {
    var table = row.closest('table'), grid = gridOf(table), y = Array.prototype.indexOf.call(table.rows, row), said = [];
    if (Array.prototype.every.call(row.cells, isHead)) return '';
    grid[y].forEach(function (cell, x) {
      if (grid[y].indexOf(cell) !== x) return;
      var text = heard(cell), names = [];
      if (!text) return;
      for (var up = 0; up < y && cell.tagName !== 'TH'; up++) {
        var head = grid[up][x], name = head && isHead(head) ? heard(head) : '';
        if (name && names.indexOf(name) < 0) names.push(name);
      }
      said.push(names.concat(text).join('：'));
    });
    return said.join('，');
  }

  // The text of the page in pieces that end where sentences do.
  function pieces() {
    var found = [], last = null;
    var walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT, null);
    while (walk.nextNode()) {
      var parent = walk.currentNode.parentElement;
      var text = walk.currentNode.nodeValue.replace(/\s+/g, ' ');
      if (text === ' ' || !isHeard(parent)) continue;
      var row = parent.closest('tr'), block = row || parent.closest(BLOCKS);
      if (row) {
        if (row !== last) found.push(rowText(row));
      } else if (block === last) found[found.length - 1] += text;
      else found.push(text);
      last = block;
    }
    var list = [];
    found.forEach(function (text) {
      (digitByDigit(text).match(/[^。！？；]+[。！？；]?[”’）]*/g) || []).forEach(function (sentence) {
        for (var at = 0; at < sentence.length; at += LONGEST) list.push(sentence.slice(at, at + LONGEST));
      });
    });
    return list.filter(function (text) { return /[\w\u3400-\uffff]/.test(text); });
  }

  function next() {
    if (state !== 'speaking') return;
    if (!queue.length) {
      show('silent');
      return;
    }
    var said = new SpeechSynthesisUtterance(queue.shift());
    said.lang = 'zh-CN';
    said.onend = next;
    said.onerror = function (event) {
      if (event.error !== 'canceled' && event.error !== 'interrupted') silence();
    };
    voice.speak(said);
  }

  function silence() {
    queue = [];
    show('silent');
    voice.cancel();
  }

  function press() {
    if (state === 'speaking') {
      voice.pause();
      show('paused');
    } else if (state === 'paused') {
      show('speaking');
      voice.resume();
      if (!voice.speaking) next();
    } else {
      voice.cancel();
      queue = pieces();
      show('speaking');
      next();
    }
  }

  start.addEventListener('click', press);
  stop.addEventListener('click', function () {
    silence();
    start.focus();
  });
  window.addEventListener('pagehide', silence);
  press();
})();
