// What every page of the desk does with scripts on: it follows the files, keeps
// what was typed, and shows how far a job is.
(function () {
  'use strict';
  var script = document.currentScript;
  var dirty = false, typedIn = null, reloading = false;

  // A form that was touched must not be lost by leaving or by a reload.
  document.addEventListener('input', function (event) {
    var form = event.target.form;
    if (form && form.method === 'post' && !form.hasAttribute('data-loose')) { dirty = true; typedIn = form; }
  });
  // A form on its way must not be stopped by a reload: what it does reads the files
  // anew. A form that brings a download leaves the page where it is.
  var leaving = false;
  document.addEventListener('submit', function () {
    dirty = false;
    leaving = true;
    setTimeout(function () { leaving = false; }, 10000);
  });
  addEventListener('pageshow', function () { leaving = false; });
  addEventListener('beforeunload', function (event) {
    if (dirty) { event.preventDefault(); }
  });

  // Files that change elsewhere: the page loads again, or says so where that would
  // lose what was typed. A page that only answers once is left alone.
  function changed() {
    if (leaving || document.body.dataset.screen === 'change' || document.body.dataset.screen === 'job') { return; }
    if (dirty || document.querySelector('dialog[open]')) { document.getElementById('desk-changed').hidden = false; return; }
    reloading = true;
    location.reload();
  }
  // What is typed while the page that loads again is on its way is filled in there.
  var kept = 'desk-typed ' + location.href;
  addEventListener('pagehide', function () {
    if (!reloading || !dirty || !typedIn) { return; }
    var fields = {};
    new FormData(typedIn).forEach(function (value, name) {
      if (typeof value === 'string') { (fields[name] = fields[name] || []).push(value); }
    });
    try { sessionStorage.setItem(kept, JSON.stringify({ action: typedIn.getAttribute('action'), fields: fields })); } catch (e) { /* storage is off */ }
  });
  var token = script.dataset.token;
  var source = null;
  function listen() {
    if (!token || source || document.visibilityState === 'hidden') { return; }
    source = new EventSource('/_preview/events?token=' + encodeURIComponent(token));
    source.addEventListener('reload', changed);
  }
  function leave() { if (source) { source.close(); source = null; } }
  addEventListener('pagehide', leave);
  addEventListener('pageshow', listen);
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') { leave(); } else { listen(); }
  });
  listen();
  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-reload]')) { dirty = false; location.reload(); }
    var all = event.target.closest('[data-all]');
    if (all) { all.closest('fieldset').querySelectorAll('[type=checkbox]').forEach(function (box) { box.checked = true; }); }
    var copy = event.target.closest('[data-copy]');
    if (copy) {
      var from = copy.dataset.copy ? document.getElementById(copy.dataset.copy) : copy;
      navigator.clipboard.writeText(from.value || from.textContent).then(function () { copy.textContent = '已复制'; });
    }
  });

  // What was opened is not hidden by the buttons below it.
  document.addEventListener('click', function (event) {
    var summary = event.target.closest('summary');
    if (summary) { setTimeout(function () { if (summary.parentElement.open) { summary.parentElement.scrollIntoView({ block: 'nearest' }); } }); }
  });

  // A form that was sent and not written is filled in again as it was: the one whose
  // hidden fields say the same, but for the text that it began with.
  function refill(typed) {
    function isFixed(c) { return c.type === 'hidden' && c.name !== 'base'; }
    var form = [].filter.call(document.forms, function (f) {
      return f.getAttribute('action') === typed.action && [].every.call(f.elements, function (c) {
        return !isFixed(c) || c.disabled || (typed.fields[c.name] || []).indexOf(c.value) >= 0;
      });
    })[0];
    if (!form) { return; }
    var next = {}, touched = null;
    [].forEach.call(form.elements, function (c) {
      var values = typed.fields[c.name] || [];
      if (!c.name || isFixed(c) || c.type === 'file' || c.type === 'submit' || c.type === 'button') { return; }
      if (c.type === 'checkbox' || c.type === 'radio') {
        var checked = values.indexOf(c.value) >= 0;
        if (c.checked !== checked) { c.checked = checked; touched = c; }
        return;
      }
      var n = next[c.name] || 0, value = values[n];
      next[c.name] = n + 1;
      if (value === undefined) { return; }
      value = value.replace(/\r\n/g, '\n');
      if (c.value !== value) { c.value = value; touched = c; }
    });
    if (!touched) { return; }
    document.getElementById('desk-typed').hidden = false;
    // The page's own scripts run after this one, and are told then.
    document.addEventListener('DOMContentLoaded', function () { touched.dispatchEvent(new Event('input', { bubbles: true })); });
  }
  var typed = document.getElementById('desk-typed-form');
  if (typed) { refill(JSON.parse(typed.textContent)); }
  try {
    var late = sessionStorage.getItem(kept);
    sessionStorage.removeItem(kept);
    if (late) { refill(JSON.parse(late)); }
  } catch (e) { /* storage is off */ }

  document.querySelectorAll('[data-all]').forEach(function (button) { button.hidden = false; });

  var bar = document.getElementById('job-progress');
  function look() {
    fetch('/_desk/job/' + bar.dataset.job + '/state').then(function (r) { return r.json(); }).then(function (s) {
      if (s.ended) { location.replace('/_desk/job/' + bar.dataset.job); return; }
      if (s.total) { bar.max = s.total; bar.value = s.done; } else { bar.removeAttribute('value'); }
      document.getElementById('job-words').textContent = s.words;
      setTimeout(look, 300);
    }, function () { setTimeout(look, 1000); });
  }
  if (bar) { look(); }

  window.desk = { touched: function () { dirty = true; }, saved: function () { dirty = false; } };
})();
