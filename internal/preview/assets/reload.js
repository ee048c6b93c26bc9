// Reloads the page when the preview says that the content has changed, keeps
// the reader's place, and copies where a part of the page comes from. Not part
// of the published site.
(function () {
  'use strict';
  var script = document.currentScript;
  var token = script.dataset.token;
  var isFindings = 'findings' in script.dataset;
  var key = 'wangjian-preview';
  var source = null;

  function stored() {
    try { return JSON.parse(sessionStorage.getItem(key)) || {}; } catch (e) { return {}; }
  }
  function store(value) {
    try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* storage is off: no place to keep */ }
  }

  // The page of findings stands where the page was; that page's place is kept
  // until it comes back.
  function reload() {
    if (!isFindings) {
      var place = stored();
      place.path = location.pathname;
      place.x = scrollX;
      place.y = scrollY;
      store(place);
    }
    location.reload();
  }
  function restore() {
    var place = stored();
    if (!isFindings && place.path === location.pathname) {
      scrollTo({ left: place.x, top: place.y, behavior: 'instant' }); // smoothly, a second reload would store a place on the way
    }
  }
  function settled() {
    restore();
    var place = stored();
    if (!isFindings) { delete place.path; store(place); }
  }

  function listen() {
    if (source || document.visibilityState === 'hidden') { return; }
    source = new EventSource('/_preview/events?token=' + encodeURIComponent(token));
    source.addEventListener('reload', reload);
  }
  // A browser keeps six connections to one host: pages that nobody looks at
  // release theirs, and ask again when they are looked at.
  function leave() {
    if (source) { source.close(); source = null; }
  }

  restore();
  if (document.readyState === 'complete') { settled(); } else { addEventListener('load', settled); }
  addEventListener('pagehide', leave);
  addEventListener('pageshow', listen);
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') { leave(); } else { listen(); }
  });
  listen();

  // Alt with a click, or with Enter on what has the focus, copies file:line.
  var said = document.querySelector('.wangjian-preview-said');
  var marked = null;

  function copy(text) {
    if (!said) { return; }
    said.textContent = text;
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () { said.textContent = '已复制 ' + text; }, function () { /* not allowed: it is there to be read */ });
    }
  }
  function tell(event, element) {
    var from = element && element.closest && element.closest('[data-source]');
    if (!from) { return; }
    event.preventDefault();
    event.stopPropagation();
    if (marked) { marked.classList.remove('wangjian-preview-marked'); }
    marked = from;
    marked.classList.add('wangjian-preview-marked');
    copy(from.getAttribute('data-source'));
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-copy]');
    if (button) { copy(button.getAttribute('data-copy')); return; }
    if (event.altKey) { tell(event, event.target); }
  }, true);
  document.addEventListener('keydown', function (event) {
    if (event.altKey && event.key === 'Enter') { tell(event, document.activeElement); }
  }, true);

  var bar = document.querySelector('.wangjian-preview details');
  if (bar) {
    bar.open = Boolean(stored().open);
    bar.addEventListener('toggle', function () {
      var place = stored();
      place.open = bar.open;
      store(place);
    });
  }
})();
