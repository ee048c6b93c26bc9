/*
 * What the pages do with scripts on. Loaded in the head and small, so that a
 * remembered display mode is there before anything is painted:
 *
 *   1. display modes: large type, high contrast, dark, as attributes of <html>;
 *   2. a link to a place inside a closed <details> opens it, and so does paper.
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

  document.addEventListener('DOMContentLoaded', function () {
    wireToggles();
    openTarget();
    window.addEventListener('hashchange', openTarget);
    openOnPaper();
  });
})();
