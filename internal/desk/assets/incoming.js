// Files that are dropped or chosen go one by one, so that many show how far they are
// and can be stopped; what is said of a file is sent at once.
(function () {
  'use strict';
  document.documentElement.classList.add('has-script');
  var drop = document.getElementById('drop');
  var sending = document.getElementById('sending');
  var words = document.getElementById('sending-words');
  var bar = document.getElementById('sending-progress');
  var most = Number(drop.dataset.most);
  var mostZip = Number(drop.dataset.mostZip); // of what may be a bundle
  var stop = null;

  function fault(text) {
    var f = document.getElementById('arrivals-fault');
    f.textContent = text;
    f.hidden = !text;
  }

  // The words of a page that says why something was not done.
  function why(html) {
    var page = new DOMParser().parseFromString(html, 'text/html');
    var message = page.querySelector('.message');
    return message ? message.textContent : '没有做成，请刷新这一页再试。';
  }

  function post(address, data, signal) {
    return fetch(address, { method: 'POST', body: data, signal: signal }).then(function (r) {
      return r.text().then(function (text) {
        if (!r.ok) { throw new Error(why(text)); }
        return text;
      });
    });
  }

  function sendOne(file, signal) {
    var data = new FormData();
    data.append('quiet', '1');
    if (file.file.size > (/\.zip$/i.test(file.name) ? mostZip : most)) { data.append('large', file.name); } else { data.append('files', file.file, file.name); }
    return post(drop.action, data, signal);
  }

  // The files that were sent are looked at, also after a stop.
  function look() {
    desk.saved();
    var form = document.createElement('form');
    form.method = 'post';
    form.action = '/_desk/incoming/look';
    document.body.appendChild(form);
    form.submit();
  }

  function send(files) {
    if (!files.length || stop) { return; }
    stop = new AbortController();
    desk.touched();
    sending.hidden = false;
    bar.max = files.length;
    var n = 0;
    function next() {
      if (n === files.length || stop.signal.aborted) { stop = null; look(); return; }
      words.textContent = '第 ' + (n + 1) + ' 个，共 ' + files.length + ' 个：' + files[n].name;
      bar.value = n;
      sendOne(files[n], stop.signal).then(function () { n++; next(); }, function (error) {
        if (error.name === 'AbortError') { stop = null; look(); return; }
        fault(files[n].name + '：' + error.message);
        sending.hidden = true;
        stop = null;
        desk.saved();
      });
    }
    next();
  }
  document.getElementById('sending-stop').addEventListener('click', function () { if (stop) { stop.abort(); } });

  function named(list) {
    return Array.prototype.map.call(list, function (f) { return { file: f, name: f.webkitRelativePath || f.name }; });
  }
  ['files', 'folder'].forEach(function (id) {
    document.getElementById(id).addEventListener('change', function (event) { send(named(event.target.files)); });
  });

  // All files in what was dropped, of folders too.
  function walk(entry, folder, into) {
    if (entry.isFile) {
      return new Promise(function (done, failed) {
        entry.file(function (f) { into.push({ file: f, name: folder + f.name }); done(); }, failed);
      });
    }
    var reader = entry.createReader();
    return new Promise(function (done, failed) {
      var all = [];
      (function more() {
        reader.readEntries(function (list) {
          if (list.length) { all = all.concat(list); more(); return; }
          all.reduce(function (before, e) {
            return before.then(function () { return walk(e, folder + entry.name + '/', into); });
          }, Promise.resolve()).then(done, failed);
        }, failed);
      })();
    });
  }
  var over = 0;
  document.addEventListener('dragenter', function (event) { event.preventDefault(); over++; drop.classList.add('drop-over'); });
  document.addEventListener('dragleave', function () { if (--over <= 0) { over = 0; drop.classList.remove('drop-over'); } });
  document.addEventListener('dragover', function (event) { event.preventDefault(); });
  document.addEventListener('drop', function (event) {
    event.preventDefault();
    over = 0;
    drop.classList.remove('drop-over');
    var entries = Array.prototype.map.call(event.dataTransfer.items || [], function (i) { return i.webkitGetAsEntry && i.webkitGetAsEntry(); }).filter(Boolean);
    if (!entries.length) { send(named(event.dataTransfer.files)); return; }
    var files = [];
    Promise.all(entries.map(function (e) { return walk(e, '', files); })).then(function () { send(files); }, function () {
      fault('有文件读不出来：可能已被移走，或正被别的程序占用。');
    });
  });

  // What is said of a file: the list is taken anew, and the focus stays. What Enter says
  // after the change that it made is said already.
  var before = Promise.resolve();
  function say(form, button) {
    var data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    var file = form.closest('.arrival');
    var said = new URLSearchParams(data);
    if (form.dataset.said === String(said)) { return; }
    form.dataset.said = String(said);
    before = before.then(function () { return post(form.action, said); }).then(function (html) {
      var page = new DOMParser().parseFromString(html, 'text/html');
      var focus = document.activeElement && document.activeElement.id;
      document.getElementById('arrivals').replaceWith(page.getElementById('arrivals'));
      var again = document.getElementById(focus) || file && document.querySelector('#' + file.id + ' select');
      if (again) { again.focus(); }
    }).catch(function (error) { delete form.dataset.said; fault(error.message); document.getElementById('arrivals-fault').scrollIntoView({ block: 'center' }); });
  }
  document.addEventListener('submit', function (event) {
    if (event.target.classList.contains('said') && event.target.closest('#arrivals')) {
      event.preventDefault();
      say(event.target, event.submitter);
    }
  });
  document.addEventListener('change', function (event) {
    var form = event.target.form;
    if (form && form.classList.contains('said') && form.closest('#arrivals') && event.target.type !== 'date') { say(form); }
  });
  document.addEventListener('focusout', function (event) {
    var field = event.target;
    if (field.type === 'date' && field.form && field.form.closest('#arrivals') && field.value !== field.defaultValue && (field.value || field.id === 'all-day')) { say(field.form); }
  });
})();
