/*
 * The search page: what is typed goes to search-engine.js, what comes back
 * becomes a list of links. Parts of the index are scripts, added when they are
 * asked for (search.html preloads the first); nothing is fetched, so it works from
 * a folder.
 *
 * Keys: typing searches; the arrow down goes from the box to the results and
 * on, the arrow up back, Escape back to the box; Enter follows a result.
 */
(function () {
  'use strict';

  var here = document.currentScript.src;
  var AT_ONCE = 10;
  var PAUSE = 180; // ms of no typing before a search

  function start() {
    var form = document.getElementById('_search');
    if (!form) return;
    var list = document.getElementById('_results'), status = document.getElementById('_status');
    var input = form.elements.q, more = document.getElementById('_more');
    var filters = { kind: form.elements.kind, department: form.elements.department };
    var root = list.getAttribute('data-root'), folder = list.getAttribute('data-index');
    var search = wangjianSearch.engine(load, function (f) { setTimeout(f, 0); });
    var help = document.getElementById('_help'), nearWords = document.getElementById('_near');
    var answers = document.getElementById('_answers');
    var latest = 0, timer = 0, shown = 0, broken = false;

    function load(name) {
      var script = document.createElement('script');
      script.src = name === 'readings' || name === 'split' ? new URL('search-' + name + '.js', here).href : folder + name + '.js';
      script.onerror = function () {
        broken = true;
        status.textContent = '搜索数据没有读全，请刷新页面再试，或者从站点地图查找。';
      };
      document.head.appendChild(script);
    }

    function option(select, value, text) {
      var o = select.querySelector('option[value="' + value + '"]');
      if (!o) {
        o = document.createElement('option');
        o.value = value;
        select.appendChild(o);
      }
      o.textContent = text;
    }

    var labels = { kind: [], department: [] };

    function showCounts(found) {
      [['kind', found && found.kinds], ['department', found && found.departments]].forEach(function (f) {
        labels[f[0]].forEach(function (label, n) {
          option(filters[f[0]], String(n), found && found.exact ? label + '（' + (f[1][n] || 0) + '）' : label);
        });
      });
    }

    function filter() {
      var chosen = {};
      ['kind', 'department'].forEach(function (name) {
        if (filters[name].value !== '') chosen[name] = Number(filters[name].value);
      });
      return chosen;
    }

    // The address remembers what was asked, by words: numbers may change.
    function remember() {
      var asked = new URLSearchParams();
      if (input.value.trim()) asked.set('q', input.value.trim());
      ['kind', 'department'].forEach(function (name) {
        if (filters[name].value !== '') asked.set(name, labels[name][Number(filters[name].value)]);
      });
      var text = asked.toString();
      try { history.replaceState(null, '', text ? '?' + text : location.pathname); } catch (e) { /* some engines refuse it for a file */ }
    }

    function recall() {
      var asked = new URLSearchParams(location.search);
      input.value = asked.get('q') || '';
      ['kind', 'department'].forEach(function (name) {
        var n = labels[name].indexOf(asked.get(name));
        if (n >= 0) filters[name].value = String(n);
      });
    }

    function add(parent, tag, className) {
      var e = document.createElement(tag);
      if (className) e.className = className;
      return parent.appendChild(e);
    }

    function write(parent, pieces) {
      pieces.forEach(function (piece) {
        if (piece[1]) add(parent, 'mark').textContent = piece[0];
        else parent.appendChild(document.createTextNode(piece[0]));
      });
    }

    function href(path, anchor) {
      return root + path.split('/').map(encodeURIComponent).join('/') + (anchor ? '#' + encodeURIComponent(anchor) : '');
    }

    function show(page) {
      var item = add(list, 'li', 'entry');
      var title = add(add(item, 'h2', 'entry-title'), 'a', 'search-link');
      title.href = href(page.path, page.anchor);
      write(title, page.title);
      if (page.heading) add(item, 'p', 'search-heading').textContent = page.heading;
      page.excerpts.forEach(function (pieces) { write(add(item, 'p', 'entry-summary'), pieces); });
      var meta = add(item, 'p', 'entry-meta');
      add(meta, 'span').textContent = labels.kind[page.kind];
      if (page.departments.length && page.departments.length <= 3) {
        add(meta, 'span').textContent = page.departments.map(function (d) { return labels.department[d]; }).join('、');
      }
      if (page.date) {
        var time = add(meta, 'time');
        time.setAttribute('datetime', page.date);
        time.textContent = page.date;
      }
    }

    function quoted(words) { return words.map(function (w) { return '“' + w + '”'; }).join(''); }

    // What was searched for in the place of what was typed, where that is not the
    // same.
    function readAs(found, pages) {
      var text = found.notes.map(function (note) { return '没有找到' + quoted([note[0]]) + '，按' + quoted(note[1]) + '查找。'; }).join('');
      if (found.any) text += '没有同时含有这些词的页面，下面的页面含有其中的词。';
      var others = [];
      pages.forEach(function (page) {
        page.held.forEach(function (word) { if (found.terms.indexOf(word) < 0 && others.indexOf(word) < 0) others.push(word); });
      });
      return text + (others.length ? '也列出含有' + quoted(others) + '的页面。' : '');
    }

    function say(found, all, pages) {
      if (broken) return;
      var none = !found.total || all && !shown;
      if (none) status.textContent = '没有找到含有' + quoted([found.terms.join(' ')]) + '的页面。可以换一个词，或者减少几个字再试。';
      else if (all) status.textContent = '找到' + shown + '个页面。';
      else if (found.exact) status.textContent = '找到' + found.total + '个页面，已列出' + shown + '个。';
      else status.textContent = '可能有' + found.total + '个页面，已核对并列出' + shown + '个。';
      if (!none) status.textContent += readAs(found, pages);
      else showHelp();
    }

    // Where a query was not found as it was typed, a word of it may want a page: that
    // page is named above the results, unless it is among the first.
    function showAnswers(found, pages) {
      var mine = latest;
      if (found.total && !found.notes.length) return;
      search.answers(input.value, function (list) {
        if (mine !== latest) return;
        answers.textContent = '';
        list.filter(function (a) {
          return !pages.slice(0, 3).some(function (page) { return page.path === a.path; });
        }).slice(0, 2).forEach(function (a) {
          answers.appendChild(document.createTextNode('与' + quoted([a.word]) + '有关：'));
          var link = add(answers, 'a', 'search-link');
          link.href = href(a.path);
          link.textContent = a.title;
          answers.appendChild(document.createTextNode(' '));
        });
        answers.hidden = !answers.textContent;
      });
    }

    function showHelp() {
      var mine = latest;
      help.hidden = false;
      document.documentElement.removeAttribute('data-asks'); // no results to keep space for
      search.near(input.value, function (words) {
        if (mine !== latest) return;
        nearWords.hidden = !words.length;
        nearWords.querySelectorAll('a').forEach(function (a) { a.remove(); });
        words.forEach(function (word) {
          var a = add(nearWords, 'a');
          a.href = '?q=' + encodeURIComponent(word);
          a.textContent = word;
          nearWords.appendChild(document.createTextNode(' '));
        });
      });
    }

    function run() {
      var mine = ++latest;
      clearTimeout(timer);
      remember();
      search.find(input.value, filter(), function (found) {
        if (mine !== latest) return;
        help.hidden = found.terms.length > 0;
        nearWords.hidden = answers.hidden = true;
        var held = [];
        showCounts(found.terms.length ? found : null);
        if (!found.terms.length) {
          list.textContent = status.textContent = '';
          more.hidden = true;
          more.onclick = null;
          return;
        }
        function take(first, focus) {
          more.disabled = true;
          found.next(AT_ONCE, function (pages, goesOn) {
            if (mine !== latest) return;
            if (first) { list.textContent = ''; shown = 0; }
            var from = list.children.length;
            pages.forEach(show);
            shown += pages.length;
            held = held.concat(pages);
            more.disabled = false;
            more.hidden = !goesOn;
            say(found, !goesOn, held);
            if (first) showAnswers(found, pages);
            var next = focus && list.children[from];
            if (next) next.querySelector('a').focus();
            if (goesOn && pages.length && shown < AT_ONCE) take(false, false);
          });
        }
        more.onclick = function () { take(false, true); };
        take(true, false);
      });
    }

    function onArrow(event) {
      var down = event.key === 'ArrowDown', up = event.key === 'ArrowUp';
      if (event.defaultPrevented || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !(down || up || event.key === 'Escape')) return;
      var links = Array.from(list.querySelectorAll('a.search-link'));
      if (!more.hidden) links.push(more);
      var at = links.indexOf(document.activeElement), inBox = document.activeElement === input;
      var to = null;
      if (event.key === 'Escape') to = at >= 0 ? input : null;
      else if (down && (inBox || at >= 0)) to = links[at + 1];
      else if (up && at === 0) to = input;
      else if (up && at > 0) to = links[at - 1];
      if (to) {
        event.preventDefault();
        to.focus();
      }
    }

    form.addEventListener('submit', function (event) {
      event.preventDefault();
      run();
    });
    input.addEventListener('input', function (event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(run, PAUSE);
    });
    input.addEventListener('compositionend', function () {
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE);
    });
    filters.kind.addEventListener('change', run);
    filters.department.addEventListener('change', run);
    document.addEventListener('keydown', onArrow);
    search.labels(function (kinds, departments) {
      labels = { kind: kinds, department: departments };
      showCounts(null);
      filters.department.parentNode.hidden = departments.length < 2;
      recall();
      if (input.value) run();
      else input.focus();
    });
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
