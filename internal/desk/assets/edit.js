// The editor: the page beside follows what is typed, what is pasted keeps its form,
// figures are chosen from the tables.
(function () {
  'use strict';
  var editor = document.querySelector('.editor');
  if (!editor) { return; }
  var form = document.getElementById('text-form');
  var area = document.getElementById('body') || document.getElementById('text');
  var beside = document.getElementById('beside');
  var state = document.getElementById('draft-state');
  var first = Number(area.dataset.firstLine);
  var file = editor.dataset.file;

  // The page beside.
  var timer = null, running = false, again = false, scroll = 0;
  function draft() {
    if (running) { again = true; return; }
    running = true;
    state.textContent = '正在排网页……';
    var data = new FormData(form);
    Array.from(data.keys()).forEach(function (key) { if (data.get(key) instanceof File) { data.delete(key); } });
    fetch('/_desk/edit/draft', { method: 'POST', body: data, headers: { Accept: 'application/json' } }).then(function (r) {
      if (!r.ok) { throw new Error(); }
      return r.json();
    }).then(function (d) {
      document.getElementById('draft-findings').innerHTML = d.findings;
      state.textContent = d.fault ? '网页现在排不出来，请看旁边列出的问题' : '旁边是还没有保存的样子';
      var inner = beside.contentWindow;
      scroll = inner.scrollY;
      if (inner.location.pathname === new URL(d.page, location.href).pathname) { inner.location.reload(); } else { inner.location.replace(d.page); }
    }).catch(function () { state.textContent = '网页暂时排不出来，文字还在'; }).then(function () {
      running = false;
      if (again) { again = false; draft(); }
    });
  }
  form.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(draft, 350); });
  form.querySelector('[data-draft]').addEventListener('click', function (event) { event.preventDefault(); draft(); });

  // The line of the text that the cursor is in, marked on the page.
  function lineOf() { return first + area.value.slice(0, area.selectionStart).split('\n').length - 1; }
  function mark(line, move) {
    var page = beside.contentDocument;
    if (!page) { return; }
    var best = null, at = 0;
    page.querySelectorAll('[data-source]').forEach(function (e) {
      var cut = e.dataset.source.lastIndexOf(':');
      var n = Number(e.dataset.source.slice(cut + 1));
      if (e.dataset.source.slice(0, cut) === file && n <= line && n >= at) { best = e; at = n; }
    });
    page.querySelectorAll('[data-marked]').forEach(function (e) { e.style.outline = ''; e.removeAttribute('data-marked'); });
    if (!best) { return; }
    best.style.outline = '3px solid #c77700';
    best.setAttribute('data-marked', '');
    if (move) { best.scrollIntoView({ block: 'center' }); }
  }
  var asked = Number(editor.dataset.line);
  beside.addEventListener('load', function () {
    if (scroll) { beside.contentWindow.scrollTo(0, scroll); }
    mark(asked || lineOf(), !scroll && asked > 0);
  });
  ['keyup', 'click'].forEach(function (kind) { area.addEventListener(kind, function () { asked = 0; mark(lineOf(), true); }); });

  // A finding's line, chosen in the text.
  function choose(line) {
    var lines = area.value.split('\n');
    if (line < first || line >= first + lines.length) { return; }
    var from = lines.slice(0, line - first).join('\n').length + (line > first ? 1 : 0);
    area.focus({ preventScroll: false });
    area.setSelectionRange(from, from + lines[line - first].length);
    area.scrollTop = Math.max(0, (line - first) / lines.length * area.scrollHeight - area.clientHeight / 3);
  }
  if (asked) { choose(asked); }

  // Pasting from Word, a sheet or a browser.
  function insert(text) {
    area.focus();
    if (!document.execCommand('insertText', false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  area.addEventListener('paste', function (event) {
    var html = event.clipboardData && event.clipboardData.getData('text/html');
    if (!html || area.id !== 'body') { return; }
    var plain = event.clipboardData.getData('text/plain');
    event.preventDefault();
    var data = new FormData();
    data.append('file', file);
    data.append('html', html);
    state.textContent = '正在粘贴……';
    fetch('/_desk/edit/paste', { method: 'POST', body: data }).then(function (r) {
      if (!r.ok) { throw new Error(); }
      return r.json();
    }).then(function (d) {
      insert(d.text);
      state.textContent = ['已粘贴'].concat(d.notes).join('；');
    }).catch(function () { insert(plain); state.textContent = '已粘贴文字，格式没有带过来'; });
  });

  // More photos.
  var more = form.querySelector('[data-more]');
  if (more) {
    more.hidden = false;
    more.addEventListener('click', function () {
      var all = form.querySelectorAll('[data-upload]');
      if (all.length >= 30) { return; }
      var next = all[0].cloneNode(true);
      next.querySelectorAll('[name], [for]').forEach(function (e) {
        ['name', 'id', 'for'].forEach(function (key) {
          if (e.getAttribute(key)) { e.setAttribute(key, e.getAttribute(key).replace('photo.0', 'photo.' + all.length)); }
        });
        if (e.type === 'checkbox') { e.checked = false; } else if ('value' in e) { e.value = ''; }
      });
      all[all.length - 1].after(next);
      next.querySelector('input').focus();
    });
  }

  // Figures to refer to.
  var dialog = document.getElementById('cite');
  var open = document.getElementById('cite-open');
  if (dialog && open) {
    var q = document.getElementById('cite-q'), round = document.getElementById('cite-round'), found = document.getElementById('cite-found');
    var search = function () {
      fetch('/_desk/edit/figures?' + new URLSearchParams({ file: file, q: q.value, round: round.value })).then(function (r) { return r.text(); }).then(function (t) { found.innerHTML = t; });
    };
    var wait = null;
    q.addEventListener('input', function (event) { event.stopPropagation(); clearTimeout(wait); wait = setTimeout(search, 150); });
    round.addEventListener('change', search);
    open.hidden = false;
    open.addEventListener('click', function () {
      var chosen = area.value.slice(area.selectionStart, area.selectionEnd);
      if (chosen && chosen.length < 30) { q.value = chosen.trim(); }
      dialog.showModal();
      search();
    });
    dialog.addEventListener('click', function (event) {
      var one = event.target.closest('[data-insert]');
      if (one) { dialog.close(); insert(one.dataset.insert); }
      if (event.target.closest('[data-close]')) { dialog.close(); }
    });
  }
})();
