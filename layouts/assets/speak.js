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
  var BLOCKS = 'h1, h2, h3, h4, p, li, tr, dt, dd, caption, figcaption, summary, div, section';
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

  // The text of the page in pieces that end where sentences do.
  function pieces() {
    var found = [], last = null;
    var walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT, null);
    while (walk.nextNode()) {
      var parent = walk.currentNode.parentElement;
      var text = walk.currentNode.nodeValue.replace(/\s+/g, ' ');
      if (text === ' ' || parent.closest(SILENT) || !parent.getClientRects().length || parent.closest('details:not([open])') && !parent.closest('summary')) continue;
      var block = parent.closest(BLOCKS);
      if (block === last) found[found.length - 1] += (parent.closest('td, th') ? '，' : '') + text;
      else found.push(text);
      last = block;
    }
    var list = [];
    found.forEach(function (text) {
      (text.match(/[^。！？；]+[。！？；]?[”’）]*/g) || []).forEach(function (sentence) {
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
