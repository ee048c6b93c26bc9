// The grid as a spreadsheet: keys, a selection, pasting and copying of blocks. What
// was typed waits in this window until it is written or dropped.
(function () {
  'use strict';
  var form = document.getElementById('grid-form');
  if (!form) { return; }
  var grid = document.getElementById('grid');
  var seen = JSON.parse(document.getElementById('seen').value);
  var said = document.getElementById('grid-said');
  var drop = document.getElementById('grid-drop');
  var copyAll = document.getElementById('grid-copy');
  var detail = document.getElementById('cell-detail');
  var store = 'cells ' + form.dataset.address;
  var rows = [].map.call(grid.querySelectorAll('tr.row'), function (tr) { return [].slice.call(tr.querySelectorAll('td.cell')); });
  var anchor = null, head = null, before = '', editing = false, dragging = false, timer = 0;

  function input(td) { return td && td.querySelector('input'); }
  function place(el) {
    var td = el && el.closest && el.closest('td.cell');
    for (var r = 0; td && r < rows.length; r++) {
      var c = rows[r].indexOf(td);
      if (c >= 0) { return { r: r, c: c }; }
    }
    return null;
  }
  function at(p) { return p && rows[p.r] && rows[p.r][p.c]; }

  function changes() {
    var list = {};
    rows.forEach(function (row) {
      var touched = false;
      row.forEach(function (td) {
        var i = input(td);
        if (!i) { return; }
        var is = i.value.trim() !== seen[i.name];
        td.classList.toggle('changed', is);
        if (is) { touched = true; list[i.name] = { text: i.value, was: seen[i.name] }; }
      });
      row.forEach(function (td) { // what was worked out holds no longer
        var worked = td.classList.contains('is-differs') && td.querySelector('.computed');
        if (!worked) { return; }
        worked.dataset.was = worked.dataset.was || worked.textContent;
        worked.textContent = touched ? '写入后重算' : worked.dataset.was;
      });
    });
    return list;
  }
  function update(words) {
    var list = changes(), n = Object.keys(list).length;
    drop.hidden = n === 0;
    said.textContent = words || (n ? '改了 ' + n + ' 格，还没有写。' : '');
    try {
      if (n) { sessionStorage.setItem(store, JSON.stringify(list)); } else { sessionStorage.removeItem(store); }
    } catch (e) { /* the page works without */ }
    if (n) { desk.touched(); } else { desk.saved(); }
  }

  function area() {
    if (!anchor || !head) { return null; }
    return { top: Math.min(anchor.r, head.r), bottom: Math.max(anchor.r, head.r), left: Math.min(anchor.c, head.c), right: Math.max(anchor.c, head.c) };
  }
  function isBlock() { return anchor && head && (anchor.r !== head.r || anchor.c !== head.c); }
  function mark() {
    var a = isBlock() ? area() : null;
    rows.forEach(function (row, r) {
      row.forEach(function (td, c) {
        td.classList.toggle('selected', !!a && r >= a.top && r <= a.bottom && c >= a.left && c <= a.right);
      });
    });
  }
  function go(p) {
    var i = input(at(p));
    if (!i) { return false; }
    i.focus();
    i.select();
    return true;
  }
  // move goes to the next cell that can be written in.
  function move(p, dr, dc) {
    var r = p.r + dr, c = p.c + dc;
    while (rows[r] && rows[r][c]) {
      if (go({ r: r, c: c })) { return true; }
      r += dr; c += dc;
    }
    return false;
  }
  function extend(dr, dc) {
    var to = { r: head.r + dr, c: head.c + dc };
    if (at(to)) { head = to; mark(); at(to).scrollIntoView({ block: 'nearest', inline: 'nearest' }); }
  }

  grid.addEventListener('focusin', function (event) {
    var p = place(event.target);
    if (!p || event.target.tagName !== 'INPUT') { return; }
    if (!dragging) { anchor = head = p; mark(); }
    before = event.target.value;
    editing = false;
    clearTimeout(timer);
    var name = event.target.name;
    timer = setTimeout(function () {
      fetch('/_desk/data/cell?round=' + encodeURIComponent(form.elements.round.value) + '&cell=' + encodeURIComponent(name))
        .then(function (r) { return r.ok ? r.text() : ''; })
        .then(function (text) { if (text && document.activeElement.name === name) { detail.innerHTML = text; } }, function () {});
    }, 150);
  });
  grid.addEventListener('input', function () { editing = true; update(); });
  grid.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229 || event.target.tagName !== 'INPUT') { return; }
    var p = place(event.target), step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step && (event.ctrlKey || event.metaKey || event.altKey)) { return; }
    if (step && event.shiftKey && !editing) {
      extend(step[0], step[1]);
    } else if (step && !(editing && step[0] === 0)) {
      if (!move(p, step[0], step[1]) && step[0] === 0) { return; }
    } else if (event.key === 'Enter') {
      if (!move(p, event.shiftKey ? -1 : 1, 0)) { editing = false; event.target.select(); }
    } else if (event.key === 'F2') {
      editing = true;
      event.target.setSelectionRange(event.target.value.length, event.target.value.length);
    } else if (event.key === 'Escape') {
      event.target.value = before;
      editing = false;
      anchor = head = p;
      mark();
      event.target.select();
      update();
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && isBlock()) {
      each(area(), function (i) { i.value = ''; });
      update();
    } else {
      return;
    }
    event.preventDefault();
  });
  grid.addEventListener('keypress', function (event) { // Enter moves; it sends nothing
    if (event.key === 'Enter' && event.target.tagName === 'INPUT') { event.preventDefault(); }
  });
  grid.addEventListener('dblclick', function (event) { if (event.target.tagName === 'INPUT') { editing = true; } });
  grid.addEventListener('mousedown', function (event) {
    var p = place(event.target);
    if (!p || event.button !== 0) { return; }
    if (event.shiftKey && anchor) { head = p; mark(); event.preventDefault(); return; }
    dragging = true;
    anchor = head = p;
    mark();
  });
  grid.addEventListener('mouseover', function (event) {
    var p = place(event.target);
    if (dragging && p && event.buttons === 1 && (p.r !== head.r || p.c !== head.c)) { head = p; mark(); event.preventDefault(); }
  });
  addEventListener('mouseup', function (event) {
    if (!dragging) { return; }
    dragging = false;
    var i = input(at(anchor));
    if (i && document.activeElement === i && !editing && !isBlock()) { i.select(); }
  });

  function each(a, act) {
    for (var r = a.top; r <= a.bottom; r++) {
      for (var c = a.left; c <= a.right; c++) {
        var i = input(at({ r: r, c: c }));
        if (i) { act(i); }
      }
    }
  }
  function textOf(td) {
    var i = input(td), computed = td.querySelector('.computed');
    if (!i) { return td.firstChild ? td.firstChild.textContent.trim() : ''; }
    return i.value === '汇总' && computed ? computed.textContent.replace(/^= /, '') : i.value;
  }
  function quote(text) { return /[\t\n"]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
  function asTSV(a) {
    var lines = [];
    for (var r = a.top; r <= a.bottom; r++) {
      lines.push(rows[r].slice(a.left, a.right + 1).map(textOf).map(quote).join('\t'));
    }
    return lines.join('\r\n');
  }
  // parts reads what a spreadsheet has copied.
  function parts(text) {
    var lines = [[]], field = '', quoted = false;
    function end() { lines[lines.length - 1].push(field); field = ''; }
    text = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
    for (var n = 0; n < text.length; n++) {
      var ch = text[n];
      if (quoted) {
        if (ch === '"' && text[n + 1] === '"') { field += '"'; n++; } else if (ch === '"') { quoted = false; } else { field += ch; }
      } else if (ch === '"' && field === '') { quoted = true; } else if (ch === '\t') { end(); } else if (ch === '\n') { end(); lines.push([]); } else { field += ch; }
    }
    end();
    return lines;
  }
  addEventListener('copy', function (event) {
    if (!isBlock() || !grid.contains(document.activeElement)) { return; }
    event.clipboardData.setData('text/plain', asTSV(area()));
    event.preventDefault();
    var a = area();
    said.textContent = '复制了 ' + (a.bottom - a.top + 1) + ' 行 ' + (a.right - a.left + 1) + ' 列。';
  });
  grid.addEventListener('paste', function (event) {
    var text = event.clipboardData.getData('text/plain'), p = place(event.target);
    if (!p || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) {
      if (/\r?\n$/.test(text) && p) { // one cell of a spreadsheet
        event.preventDefault();
        event.target.value = text.trim();
        update();
      }
      return;
    }
    event.preventDefault();
    var lines = parts(text), lost = 0, from = isBlock() ? { r: area().top, c: area().left } : p, last = from;
    lines.forEach(function (line, r) {
      line.forEach(function (value, c) {
        var to = { r: from.r + r, c: from.c + c }, i = input(at(to));
        if (i) { i.value = value.replace(/\s+/g, ' ').trim(); last = to; } else if (value.trim() !== '') { lost++; }
      });
    });
    anchor = from;
    head = last;
    mark();
    var n = Object.keys(changes()).length;
    update('粘贴了 ' + lines.length + ' 行，改了 ' + n + ' 格，还没有写。' + (lost ? '有 ' + lost + ' 格落在不能填的地方，没有粘贴。' : ''));
  });

  copyAll.hidden = false;
  copyAll.addEventListener('click', function () {
    var names = [].map.call(grid.querySelectorAll('thead th'), function (th) { return th.textContent; });
    var lines = [names.join('\t')].concat(rows.map(function (row) {
      var tr = row[0].parentNode;
      return [tr.querySelector('th').textContent, tr.querySelector('.unit').textContent].concat(row.map(textOf)).map(quote).join('\t');
    }));
    navigator.clipboard.writeText(lines.join('\r\n')).then(function () { said.textContent = '整张表复制好了，到 Excel 里粘贴。'; });
  });
  drop.addEventListener('click', function () {
    rows.forEach(function (row) { row.forEach(function (td) { var i = input(td); if (i) { i.value = i.defaultValue; seen[i.name] = i.defaultValue; } }); });
    update('没有写的改动都放弃了。');
  });
  form.addEventListener('submit', function () {
    document.getElementById('seen').value = JSON.stringify(seen);
    rows.forEach(function (row) { row.forEach(function (td) { var i = input(td); if (i && i.value.trim() === seen[i.name]) { i.disabled = true; } }); });
  });
  addEventListener('pageshow', function () {
    rows.forEach(function (row) { row.forEach(function (td) { var i = input(td); if (i) { i.disabled = false; } }); });
  });

  // What was typed and not written comes back, unless it is written by now.
  try {
    var kept = JSON.parse(sessionStorage.getItem(store) || '{}');
    if (/[?&]done=/.test(location.search)) { kept = {}; sessionStorage.removeItem(store); }
    rows.forEach(function (row) {
      row.forEach(function (td) {
        var i = input(td), k = i && kept[i.name];
        if (k) { i.value = k.text; seen[i.name] = k.was; }
      });
    });
    update();
  } catch (e) { /* the page works without */ }
})();
