/*
 * What a reader may be typing into a search box: words of the site, and titles of
 * its pages, in a list below. Loaded by site.js when a box gets the focus.
 *
 * Keys: the arrows go through the list, Enter takes what is marked, Escape closes.
 */
(function () {
  'use strict';

  var PAUSE = 80; // ms of no typing before words are offered
  var here = document.currentScript.src;
  var count = 0, MOST = 8;

  // Adds a script of those beside this one, or of the search data.
  function add(address, then) {
    var script = document.createElement('script');
    script.src = address;
    if (then) script.onload = then;
    document.head.appendChild(script);
  }

  function whenEngine(then) {
    if (window.wangjianSearch) then();
    else add(new URL('search-engine.js', here).href, then);
  }

  // What may be typed: words that begin so, what is called otherwise, words that
  // hold it, titles.
  function matching(words, typed) {
    var list = [];
    if (!typed) return list;
    words.folded.forEach(function (w, n) {
      var at = w.indexOf(typed);
      if (at >= 0) list.push({ text: words.words[n], order: at ? 2 : 0 });
    });
    words.synonyms.forEach(function (s) {
      if (wangjianSearch.fold(s[0]).indexOf(typed) === 0) list.push({ text: s[0], note: s.slice(1).join('、'), order: 1 });
    });
    words.pages.forEach(function (p) {
      if (wangjianSearch.fold(p[0]).indexOf(typed) >= 0) list.push({ text: p[0], path: p[1], order: 3 });
    });
    list.forEach(function (s, n) { s.at = n; });
    list.sort(function (a, b) { return a.order - b.order || a.at - b.at; });
    return list.filter(function (s) { return list.find(function (o) { return o.text === s.text; }) === s; }).slice(0, MOST);
  }

  function wire(form) {
    var input = form.elements.q, list = document.createElement('ul'), root = new URL('..', form.action).href;
    var search = wangjianSearch.engine(function (name) { add(root + 'search/data/' + name + '.js'); });
    var marked = -1, timer = 0, typed = '';
    list.id = '_suggestions' + ++count;
    list.className = 'suggestions';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', '联想词');
    list.hidden = true;
    input.parentNode.appendChild(list);
    input.autocomplete = 'off';
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-expanded', 'false');

    function close() {
      list.hidden = true;
      marked = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    }

    function take(suggestion) {
      close();
      if (suggestion.path) {
        location.href = root + suggestion.path.split('/').map(encodeURIComponent).join('/');
        return;
      }
      input.value = suggestion.text;
      form.requestSubmit();
    }

    function show(suggestions) {
      list.textContent = '';
      suggestions.forEach(function (suggestion, n) {
        var item = list.appendChild(document.createElement('li'));
        item.id = list.id + '-' + n;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.textContent = suggestion.text + (suggestion.note ? '（' + suggestion.note + '）' : '');
        item.addEventListener('mousedown', function (event) { event.preventDefault(); });
        item.addEventListener('click', function () { take(suggestion); });
        item.take = function () { take(suggestion); };
      });
      close();
      list.hidden = !suggestions.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
    }

    function mark(n) {
      var items = list.children;
      if (marked >= 0) items[marked].setAttribute('aria-selected', 'false');
      marked = (n + items.length + 1) % (items.length + 1);
      if (marked === items.length) {
        marked = -1;
        input.removeAttribute('aria-activedescendant');
        input.value = typed;
        return;
      }
      items[marked].setAttribute('aria-selected', 'true');
      input.setAttribute('aria-activedescendant', items[marked].id);
    }

    function offer() {
      typed = input.value;
      search.words(function (words) {
        if (document.activeElement === input && input.value === typed) show(matching(words, wangjianSearch.fold(typed)));
      });
    }

    function soon(event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(offer, PAUSE);
    }

    input.addEventListener('input', soon);
    input.addEventListener('compositionend', function () { soon({}); });
    input.addEventListener('blur', close);
    form.addEventListener('submit', function () { clearTimeout(timer); close(); });
    input.addEventListener('keydown', function (event) {
      if (event.isComposing || list.hidden) return;
      // On the search page the arrow down leads into the results, once the list is closed.
      if (event.key === 'ArrowDown' && form.classList.contains('find')) mark(marked + 1);
      else if (event.key === 'ArrowUp' && form.classList.contains('find')) mark(marked < 0 ? list.children.length - 1 : marked - 1);
      else if (event.key === 'Escape') close();
      else if (event.key === 'Enter' && marked >= 0) list.children[marked].take();
      else return;
      event.preventDefault();
    });
    if (input.value && document.activeElement === input) offer();
  }

  whenEngine(function () { document.querySelectorAll('form[role="search"]').forEach(wire); });
})();
