/*
 * Finds pages in the index that internal/search wrote. No page, no network: it
 * asks for a part of the index by name, and whoever has it calls
 * wangjianSearch.put(name, data). A query is folded as the texts were, cut at
 * spaces into terms, and a page is found when its title and text hold each term,
 * whatever is before or after; but a number is found as a whole. Where no page
 * does, the query is read otherwise, and the result says how.
 *
 *   var search = wangjianSearch.engine(load, later);   load(name) leads to a put;
 *                                  later(f) calls f when the reader can go on
 *   search.find('订金 12315', {kind, department}, function (found) {...});
 *   found.next(10, function (pages) {...});        the next ten, best first
 *   search.suggest('直', function (list) {...});   what a reader may be typing
 *   search.near('投树', function (words) {...});   when nothing was found
 *
 * Oldest engine: Chromium 86.
 */
var wangjianSearch = (function () {
  'use strict';

  var parts = {};      // what has been put, by name
  var waiting = {};    // name → what to do when it is
  var simplified = {}; // a traditional character's

  function put(name, data) {
    parts[name] = data;
    (data.traditional || '').split(' ').forEach(function (group) {
      var all = Array.from(group);
      all.slice(1).forEach(function (c) { simplified[c] = all[0]; });
    });
    var then = waiting[name] || [];
    delete waiting[name];
    then.forEach(function (f) { f(); });
  }

  /* Folding. fold.go says what and why; both must do the same. */

  var NONE = 0, POINT = 1, MARK = 2, SPACE = 3;

  function unseen(code) {
    return code === 0xad || code >= 0x200b && code <= 0x200f || code === 0x2060 || code === 0xfeff ||
      code >= 0xfe00 && code <= 0xfe0f || code >= 0xe0100 && code <= 0xe01ef;
  }

  function partsTerms(code) {
    return code <= 32 || code >= 0x7f && code <= 0xa0 || code === 33 || code === 59 || code === 63 || code === 0x3002 ||
      code === 0x1680 || code >= 0x2000 && code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x3000;
  }

  var MARKS = [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e, 0xa1, 0xbf, 0xd7, 0xd7, 0xf7, 0xf7,
    0x2010, 0x205e, 0x20a0, 0x20cf, 0x2190, 0x2bff, 0x2e00, 0x2e7f, 0x3001, 0x3004, 0x3008, 0x3020,
    0x3030, 0x3030, 0x303d, 0x303f, 0x30a0, 0x30a0, 0x30fb, 0x30fb, 0xfe10, 0xfe6f, 0x1f000, 0x1faff];

  function isMark(code) {
    for (var n = 1; n < MARKS.length; n += 2) if (code <= MARKS[n]) return code >= MARKS[n - 1];
    return false;
  }

  function isDigit(code) { return code >= 48 && code <= 57; }

  // fold returns the folded text; starts and ends get, for each of its units,
  // which part of the text it is from.
  function fold(text, starts, ends) {
    var out = '', last = 0, gap = NONE, at = 0, to = 0;

    function keep(c) {
      var code = c.charCodeAt(0);
      if (gap && out) {
        var joint = gap === SPACE ? ' ' : gap === POINT && isDigit(last) && isDigit(code) ? '.' : last < 128 && code < 128 ? '-' : '';
        if (joint && starts) {
          starts.push(at);
          ends.push(at);
        }
        out += joint;
      }
      gap = NONE;
      out += c;
      last = c.charCodeAt(c.length - 1);
      for (var n = 0; starts && n < c.length; n++) {
        starts.push(at);
        ends.push(to);
      }
    }

    function add(c, code) {
      if (code >= 97 && code <= 122 || isDigit(code)) keep(c);
      else if (code >= 65 && code <= 90) keep(c.toLowerCase());
      else if (partsTerms(code)) gap = SPACE;
      else if (code === 46 && gap === NONE) gap = POINT;
      else if (isMark(code)) gap = Math.max(gap, MARK);
      else keep(c);
    }

    for (; at < text.length; at = to) {
      var code = text.charCodeAt(at);
      to = at + 1;
      if (code >= 0x4e00 && code <= 0x9fff) {
        keep(simplified[text[at]] || text[at]);
        continue;
      }
      if (code < 0x80) {
        add(text[at], code);
        continue;
      }
      code = text.codePointAt(at);
      if (code > 0xffff) to++;
      if (unseen(code)) continue;
      Array.from(text.slice(at, to).normalize('NFKC')).forEach(function (f) {
        var lower = f.toLowerCase();
        lower = lower.length === f.length ? lower : f === '\u0130' ? 'i' : f;
        lower = simplified[lower] || lower;
        add(lower, lower.codePointAt(0));
      });
    }
    return out;
  }

  function folded(text) {
    var starts = [], ends = [];
    return { text: fold(text, starts, ends), starts: starts, ends: ends };
  }

  /* Terms. An alternative is another way to write a term, or another word for it. */

  var MOST_TERMS = 8;

  function termsOf(query) {
    query = query.replace(/(\d)[,，](?=\d{3}(?!\d))/g, '$1');
    return unique(fold(query).split(' ').filter(Boolean)).slice(0, MOST_TERMS);
  }

  function unique(list) { return list.filter(function (x, n) { return list.indexOf(x) === n; }); }

  // The place from which a text holds a term, where it cuts no number; -1 for none.
  function placeOf(text, term, from) {
    for (var at = text.indexOf(term, from); at >= 0; at = text.indexOf(term, at + 1)) {
      if (!cuts(text, at) && !cuts(text, at + term.length)) return at;
    }
    return -1;
  }

  function cuts(text, at) { return ofNumber(text.charCodeAt(at - 1)) && ofNumber(text.charCodeAt(at)); }

  function ofNumber(code) { return isDigit(code) || code === 46; }

  var NUMERALS = '〇一二三四五六七八九';

  function inDigits(numeral) {
    numeral = numeral.replace(/零/g, '〇');
    var ten = numeral.indexOf('十');
    if (ten < 0) return numeral.replace(/./g, function (c) { return NUMERALS.indexOf(c); });
    return String((ten ? NUMERALS.indexOf(numeral[0]) : 1) * 10 + Math.max(0, NUMERALS.indexOf(numeral[ten + 1] || '〇')));
  }

  function two(n) { return n < 10 ? '0' + n : String(n); }

  var DATES = [
    [/(\d{4})[年.-](\d{1,2})[月.-](\d{1,2})[日号]?(?!\d)/, ['y年m月d日', 'y-M-D', 'y-m-d', 'y.m.d']],
    [/^(\d{4})(\d\d)(\d\d)$/, ['y年m月d日', 'y-M-D', 'y.m.d']],
    [/(\d{4})[年.-](\d{1,2})月?(?![\d.-])/, ['y年m月', 'y-M']],
    [/()(\d{1,2})月(\d{1,2})[日号]?(?!\d)/, ['m月d日', 'M-D']],
    [/^()(\d{1,2})[.-](\d{1,2})[日号]?$/, ['m月d日', 'M-D']]
  ];

  // A day in its other spellings.
  function datesOf(term) {
    var text = term.replace(/[〇零一二三四五六七八九十]+(?=[年月日号])/g, inDigits).replace(/^(\d\d)年(?=\d)/, '20$1年');
    var spellings = text === term ? [] : [text];
    for (var n = 0; n < DATES.length; n++) {
      var m = DATES[n][0].exec(text);
      if (!m || m[2] < 1 || m[2] > 12 || m[3] !== undefined && (m[3] < 1 || m[3] > 31)) continue;
      DATES[n][1].forEach(function (form) {
        spellings.push(text.replace(m[0], form.replace(/[ymdMD]/g, function (c) {
          return c === 'y' ? m[1] : c === 'm' ? Number(m[2]) : c === 'd' ? Number(m[3]) : two(Number(c === 'M' ? m[2] : m[3]));
        })));
      });
      break;
    }
    return spellings;
  }

  // What the site's words are, folded once.
  function vocabulary() {
    var words = parts.words;
    if (!words.known) {
      words.known = {};
      words.folded = words.words.map(function (w) { return fold(w); });
      words.others = {};
      words.synonyms.forEach(function (s) {
        words.others[fold(s[0])] = s.slice(1).map(function (w) { return fold(w); });
      });
      words.folded.concat(Object.keys(words.others)).forEach(function (w) {
        if (w.indexOf(' ') < 0 && Array.from(w).length > 1) words.known[w] = true;
      });
    }
    return words;
  }

  function alternatives(term) {
    var others = vocabulary().others;
    return unique([term].concat(datesOf(term), Object.prototype.hasOwnProperty.call(others, term) ? others[term] : []));
  }

  // What a query asks: terms of which a page holds all (or any), each in one of
  // its alternatives; notes has what of the typed words was read as what.
  function question(terms, any, notes) {
    return { terms: terms.map(alternatives), any: any, notes: notes || [] };
  }

  /* Lists of slots, as postings.go writes them. */

  var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  var VALUE = {};
  for (var d = 0; d < 64; d++) VALUE[DIGITS[d]] = d;

  function numbersOf(written) {
    var list = [], value = 0, shift = 0;
    for (var n = 0; n < written.length; n++) {
      var six = VALUE[written[n]];
      value |= (six & 31) << shift;
      shift += 5;
      if (six < 32) {
        list.push(value);
        value = shift = 0;
      }
    }
    return list;
  }

  function slotsOf(written) {
    var list = [], last = -1;
    if (written[0] === '!') {
      for (var n = 1; n < written.length; n++) {
        for (var bit = 0; bit < 6; bit++) if (VALUE[written[n]] >> bit & 1) list.push((n - 1) * 6 + bit);
      }
      return list;
    }
    return numbersOf(written).map(function (distance) { return last += distance + 1; });
  }

  function intersect(a, b) {
    var both = [], n = 0;
    a.forEach(function (slot) {
      while (n < b.length && b[n] < slot) n++;
      if (b[n] === slot) both.push(slot);
    });
    return both;
  }

  function union(lists) {
    var seen = {};
    lists.forEach(function (list) { list.forEach(function (slot) { seen[slot] = true; }); });
    return Object.keys(seen).map(Number).sort(function (a, b) { return a - b; });
  }

  /* Grams, as grams.go has them: of characters and whole numbers. */

  function shardOf(gram, shards) {
    var h = 0;
    for (var n = 0; n < gram.length; n++) h = Math.imul(h, 31) + gram.charCodeAt(n) | 0;
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d);
    h ^= h >>> 12;
    return (h & shards - 1) >>> 0;
  }

  function symbolsOf(term) { return term.match(/\d[\d.]*|[^]/gu) || []; }

  function keyOf(symbol) {
    if (!isDigit(symbol.charCodeAt(0))) return symbol;
    var h = 2166136261;
    for (var n = 0; n < symbol.length; n++) h = Math.imul(h ^ symbol.charCodeAt(n), 16777619) >>> 0;
    h %= 983040;
    return '#' + DIGITS[h >> 18 & 63] + DIGITS[h >> 12 & 63] + DIGITS[h >> 6 & 63] + DIGITS[h & 63];
  }

  function isLetter(symbol) { return symbol.length === 1 && symbol.charCodeAt(0) < 128 && !isDigit(symbol.charCodeAt(0)); }

  // How likely a page is to hold a symbol.
  function frequency(symbol) {
    var index = parts.index, code = symbol.charCodeAt(0);
    if (isDigit(code)) return symbol.length < 3 || /^(19|20)\d\d$/.test(symbol) ? 0.5 : 0.05;
    if (symbol.length > 1) return 0.001;
    if (!index.frequencies) {
      index.frequencies = {};
      var numbers = numbersOf(index.holds || '');
      Array.from(index.chars || '').forEach(function (c, n) { index.frequencies[c] = numbers[n] / index.count; });
    }
    return index.frequencies[symbol] || 0;
  }

  // The grams of a term: text, key, and how likely a page is to hold it, the
  // rarest first.
  function gramsOf(term) {
    var all = symbolsOf(term), grams = [];
    for (var at = 0; at === 0 || at + 1 < all.length; at++) {
      var end = at;
      while (end < all.length && end < at + 4 && isLetter(all[end])) end++;
      if (end < at + 2) end = Math.min(at + 2, all.length);
      else if (end < at + 4 && at > 0 && isLetter(all[at - 1])) continue; // within the gram before
      var some = all.slice(at, end);
      grams.push({
        text: some.join(''), key: some.map(keyOf).join(''),
        frequency: some.reduce(function (product, s) { return product * frequency(s); }, 1)
      });
    }
    return grams.sort(function (a, b) { return a.frequency - b.frequency; });
  }

  /* Pages. A page keeps its folded words once it has been looked at. */

  function look(page) {
    if (page.text === undefined) {
      page.text = fold(page.x);
      page.title = fold(page.t);
      page.headings = (page.a || []).map(function (a) { return fold(page.x.substr(a[0], a[1])); });
      page.answers = (page.q || []).map(function (w) { return fold(w); });
      page.keywords = (page.w || []).map(function (w) { return fold(w); });
    }
    return page;
  }

  function holds(page, term) { return placeOf(page.title, term, 0) >= 0 || placeOf(page.text, term, 0) >= 0; }

  function has(list, term) { return list.some(function (text) { return placeOf(text, term, 0) >= 0; }); }

  var MOST_COUNTED = 20;

  // What a term adds to a page's worth, 0 where the page does not hold it: titles
  // and answers come before mentions.
  function worth(page, term) {
    var count = 0;
    for (var at = placeOf(page.text, term, 0); at >= 0 && count < MOST_COUNTED; at = placeOf(page.text, term, at + 1)) count++;
    var inTitle = placeOf(page.title, term, 0) >= 0;
    if (!inTitle && !count) return 0;
    return count + (page.title === term ? 300 : inTitle ? 100 + 50 * term.length / page.title.length : 0) +
      (page.answers.indexOf(term) >= 0 ? 400 : 0) + (page.keywords.indexOf(term) >= 0 ? 80 : has(page.keywords, term) ? 40 : 0) +
      (has(page.headings, term) ? 40 : 0);
  }

  // A page that a question finds: with its points and, for each term, which
  // alternatives it holds. Undefined where it does not.
  function hitOf(page, q) {
    var points = 0, held = [];
    look(page);
    for (var n = 0; n < q.terms.length; n++) {
      var most = 0;
      q.terms[n].forEach(function (term, other) {
        var is = worth(page, term);
        if (is) held.push(term);
        most = Math.max(most, other && q.terms[n][0] !== term ? is / 2 : is);
      });
      if (!most && !q.any) return undefined;
      if (most) points += most + (q.any ? 1000 : 0);
    }
    if (!points) return undefined;
    if (q.terms.length > 1 && placeOf(page.text, q.terms.map(function (t) { return t[0]; }).join(' '), 0) >= 0) points += 50;
    return { page: page, points: points, held: held };
  }

  function better(a, b) {
    return b.points - a.points || (a.page.r || 0) - (b.page.r || 0) ||
      (a.page.d === b.page.d ? a.page.s - b.page.s : (a.page.d || '') < (b.page.d || '') ? 1 : -1);
  }

  // Cuts a text into [words, marked] around what was found.
  function marked(text, f, terms, from, to) {
    var hits = [];
    terms.forEach(function (term) {
      for (var at = placeOf(f.text, term, 0); at >= 0; at = placeOf(f.text, term, at + 1)) {
        var begin = f.starts[at], end = f.ends[at + term.length - 1];
        if (begin < to && end > from) hits.push([Math.max(from, begin), Math.min(to, end)]);
      }
    });
    hits.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    var pieces = [], done = from;
    hits.forEach(function (hit) {
      if (hit[1] <= done) return;
      var start = Math.max(hit[0], done);
      if (start > done) pieces.push([text.slice(done, start), false]);
      pieces.push([text.slice(start, hit[1]), true]);
      done = hit[1];
    });
    if (done < to) pieces.push([text.slice(done, to), false]);
    return pieces;
  }

  var BEFORE = 24, AFTER = 76, MOST_EXCERPTS = 2;

  // What to show of a hit: its title and one or two places of its text with the
  // terms marked, and the heading that the first stands under.
  function shown(hit) {
    var page = hit.page, f = folded(page.x), terms = hit.held;
    var result = {
      path: page.u, title: marked(page.t, folded(page.t), terms, 0, page.t.length), date: page.d || '',
      kind: page.k, departments: page.p || [], excerpts: [], anchor: '', heading: '', held: terms
    };
    var places = [];
    terms.forEach(function (term) {
      var at = placeOf(f.text, term, 0), next = placeOf(f.text, term, at + 1);
      // The page's head repeats its title: a place further down tells more.
      if (at >= 0 && next >= 0 && f.starts[at] < page.t.length + 2) at = next;
      if (at >= 0) places.push(f.starts[at]);
    });
    places.sort(function (a, b) { return a - b; });
    var shownTo = -1;
    places.forEach(function (place) {
      if (place < shownTo || result.excerpts.length === MOST_EXCERPTS) return;
      var from = boundary(page.x, Math.max(0, place - BEFORE)), to = boundary(page.x, Math.min(page.x.length, place + AFTER));
      from = Math.max(from, shownTo);
      var pieces = marked(page.x, f, terms, from, to);
      if (from > 0) pieces.unshift(['…', false]);
      if (to < page.x.length) pieces.push(['…', false]);
      result.excerpts.push(pieces);
      shownTo = to;
    });
    if (!places.length) result.excerpts.push([[page.x.slice(0, boundary(page.x, AFTER)), false]]);
    (page.a || []).forEach(function (a) {
      if (places.length && a[0] <= places[0]) {
        result.anchor = a[2];
        result.heading = page.x.substr(a[0], a[1]);
      }
    });
    return result;
  }

  // A place that does not part the two units of a character.
  function boundary(text, at) {
    var unit = text.charCodeAt(at);
    return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
  }

  /* Other readings of a query that finds nothing. */

  // What a reader says around what he looks for.
  var AROUND = {};
  ('的 了 吗 呢 吧 在 是 有 和 与 及 或 我 我要 我想 你 你们 请问 怎么 怎么办 怎样 如何 哪里 哪儿 哪些 哪个 什么 为什么 多少 几个 几件 谁 能 可以 想 要 ' +
    '去 到 被 把 给 对 从 用 上 里 中 时 后 查 查询 查一下 找 看 看看 一下 有关 关于 相关 情况 有没有 是不是 是什么 是多少 买到 遇到 碰到').split(' ').forEach(function (w) { AROUND[w] = true; });

  var MOST_SYMBOLS = 24, MOST_STEPS = 3000, MOST_READINGS = 4;

  // How a term can be parted into words that pages hold, the best first: few
  // words, those of the site before others.
  function partings(term, pagesWith) {
    var all = symbolsOf(term), found = [], steps = 0, known = vocabulary().known;
    if (all.length > MOST_SYMBOLS) return [];
    (function go(at, words, cost, pages) {
      if (at === all.length) {
        if (words.length) found.push({ words: words, cost: cost });
        return;
      }
      for (var end = all.length; end > at; end--) {
        var word = all.slice(at, end).join('');
        if (++steps > MOST_STEPS) return;
        if (AROUND[word]) go(end, words, cost, pages);
        else if (words.length < 4 && end - at < all.length && (end - at > 1 || isDigit(word.charCodeAt(0)))) {
          var both = pages ? intersect(pages, pagesWith(word)) : pagesWith(word);
          if (both.length) go(end, words.concat(word), cost + (known[word] ? 2 : 3), both);
        }
      }
    })(0, [], 0, null);
    return found.sort(function (a, b) { return a.cost - b.cost; }).slice(0, MOST_READINGS).map(function (p) { return p.words; });
  }

  // A term with a slip put right: one character of a word of the site's that was
  // typed for another of the same sound or look.
  function corrections(term) {
    var typed = Array.from(term), found = [];
    Object.keys(vocabulary().known).forEach(function (word) {
      var meant = Array.from(word);
      for (var at = 0; at + meant.length <= typed.length; at++) {
        var wrong = -1, count = 0;
        for (var n = 0; n < meant.length && count < 2; n++) {
          if (typed[at + n] !== meant[n]) {
            count++;
            wrong = n;
          }
        }
        if (count === 1 && mistakable(typed[at + wrong], meant[wrong])) {
          found.push({ term: typed.slice(0, at).join('') + word + typed.slice(at + meant.length).join(''), length: meant.length });
        }
      }
    });
    found.sort(function (a, b) { return b.length - a.length; });
    return unique(found.map(function (f) { return f.term; })).slice(0, MOST_READINGS);
  }

  function mistakable(a, b) {
    return parts.slips.groups.some(function (g) { return g.indexOf(a) >= 0 && g.indexOf(b) >= 0; });
  }

  // The site's words in a term, the longest first at each place.
  function wordsIn(term) {
    var all = symbolsOf(term), words = [], known = vocabulary().known;
    for (var at = 0; at < all.length; at++) {
      for (var end = all.length; end > at; end--) {
        var word = all.slice(at, end).join('');
        if (!known[word]) continue;
        words.push(word);
        at = end - 1;
        break;
      }
    }
    return words;
  }

  /* The engine. */

  function engine(load, later) {
    var asked = {};
    later = later || function (f) { f(); };

    function need(names, then) {
      var missing = unique(names.filter(function (n) { return !(n in parts); })), left = missing.length;
      if (!left) { then(); return; }
      missing.forEach(function (name) {
        (waiting[name] = waiting[name] || []).push(function () { if (--left === 0) then(); });
      });
      missing.forEach(function (name) {
        if (!asked[name]) { asked[name] = true; load(name); }
      });
    }

    // How many units of text are looked at before the reader's own doings get
    // their turn: a slow phone takes some 20 ms for them.
    var AT_ONCE = 15000;

    // inTurns does something with each of the pages.
    function inTurns(pages, each, then) {
      var at = 0;
      (function turn() {
        for (var done = 0; at < pages.length && done < AT_ONCE; at++) {
          var page = pages[at];
          done += page.text === undefined ? page.x.length : page.x.length / 8;
          each(page);
        }
        if (at < pages.length) later(turn); else then();
      })();
    }

    function wanted(filter, kind, departments) {
      return (filter.kind === undefined || filter.kind === kind) &&
        (filter.department === undefined || departments.indexOf(filter.department) >= 0);
    }

    // find returns: total (how many pages, at most so many unless exact), kinds and
    // departments (how many of each, whatever the filter), notes and next.
    function find(query, filter, then) {
      filter = filter || {};
      need(['index', 'words'], function () {
        var typed = termsOf(query);
        if (!typed.length) { then(found([], [], typed, [], true)); return; }
        read(typed, filter, function (result) {
          if (result || !Object.keys(filter).length) { then(result || found([], [], typed, [], true)); return; }
          read(typed, {}, function (all) { // there are pages, of other kinds
            result = found([], [], typed, all ? all.notes : [], true);
            if (all) {
              result.kinds = all.kinds;
              result.departments = all.departments;
            }
            then(result);
          });
        });
      });
    }

    // read takes a query as it stands, else parted into words, else with a slip put
    // right, else by the words of the site's in it: the first that finds pages.
    function read(typed, filter, then) {
      first([
        function (use) { use([question(typed)]); },
        function (use) { parted(typed, [], use); },
        function (use) { putRight(typed, use); },
        function (use) { use(loosely(typed)); }
      ], filter, then);
    }

    function first(readings, filter, then) {
      if (!readings.length) { then(null); return; }
      readings[0](function (questions) {
        (function next(n) {
          if (n === questions.length) { first(readings.slice(1), filter, then); return; }
          ask(questions[n], filter, function (result) {
            if (result) then(result); else next(n + 1);
          });
        })(0);
      });
    }

    // parted uses questions with terms parted into words.
    function parted(typed, notes, use) {
      withLists(typed, function (pagesWith) {
        var questions = [{ terms: [], notes: notes }];
        typed.forEach(function (term) {
          var ways = pagesWith(term).length && typed.length > 1 ? [[term]] : [];
          ways = ways.concat(partings(term, pagesWith));
          var more = [];
          questions.forEach(function (q) {
            ways.forEach(function (words) {
              more.push({ terms: q.terms.concat(words), notes: words[0] === term ? q.notes : q.notes.concat([[term, words]]) });
            });
          });
          questions = more.slice(0, MOST_READINGS);
        });
        use(questions.filter(function (q) { return q.notes !== notes; }).map(function (q) { return question(unique(q.terms), false, q.notes); }));
      });
    }

    function putRight(typed, use) {
      need(['slips'], function () {
        var questions = [], left = 0;
        typed.forEach(function (term, n) {
          corrections(term).forEach(function (right) {
            var terms = typed.slice(0, n).concat(right, typed.slice(n + 1)), notes = [[term, [right]]];
            questions.push(question(terms, false, notes));
            left++;
            parted(terms, notes, function (more) {
              questions = questions.concat(more);
              left--;
            });
          });
        });
        (function wait() { if (left) later(wait); else use(questions); })();
      });
    }

    function loosely(typed) {
      var terms = [], notes = [];
      typed.forEach(function (term) {
        var words = wordsIn(term);
        terms = terms.concat(words);
        if (words.length && words[0] !== term) notes.push([term, words]);
      });
      terms = unique(terms);
      if (!terms.length) return [];
      var all = question(terms, false, notes);
      return terms.length > 1 ? [all, question(terms, true, notes)] : [all];
    }

    // withLists has then called with what returns the pages that may hold a word.
    function withLists(terms, then) {
      var grams = [], known = {};
      terms.forEach(function (term) {
        grams = grams.concat(gramsOf(term).filter(function (g) { return parts.index.pages || g.frequency > 0; }).slice(0, MOST_SYMBOLS));
        symbolsOf(term).forEach(function (s) { if (isDigit(s.charCodeAt(0))) grams = grams.concat(gramsOf(s)); });
      });
      lists(grams, function () {
        function one(word) {
          return gramsOf(word).map(function (g) { return listOf(g).slots; }).reduce(intersect);
        }
        then(function (word) {
          return known[word] = known[word] || union(alternatives(word).map(function (w) { return w === word || parts.index.pages ? one(w) : vocabulary().known[w] ? everywhere() : []; }));
        });
      });
    }

    function everywhere() {
      var all = [];
      for (var slot = 0; slot < parts.index.ranks.length * 2; slot++) all.push(slot);
      return all;
    }

    function lists(grams, then) {
      var index = parts.index;
      if (index.pages) inTurns(index.pages, look, then);
      else need(grams.filter(function (g) { return g.frequency > 0; }).map(function (g) { return 'g/' + shardOf(g.key, index.shards); }), then);
    }

    // listOf returns the slots that hold a gram, and those that do in their title.
    function listOf(gram) {
      var index = parts.index;
      if (index.pages) {
        return { slots: index.pages.filter(function (p) { return holds(p, gram.text); }).map(function (p) { return p.s; }), titles: [] };
      }
      var shard = parts['g/' + shardOf(gram.key, index.shards)];
      var written = (shard && Object.prototype.hasOwnProperty.call(shard, gram.key) ? shard[gram.key] : '').split('~');
      return { slots: slotsOf(written[0]), titles: slotsOf(written[1] || '') };
    }

    function counts(groups) {
      var result = { kinds: {}, departments: {} };
      groups.forEach(function (g) {
        result.kinds[g[0]] = (result.kinds[g[0]] || 0) + 1;
        g[1].forEach(function (d) { result.departments[d] = (result.departments[d] || 0) + 1; });
      });
      return result;
    }

    function found(groups, hits, terms, notes, exact, any) {
      var all = counts(groups), at = 0;
      return {
        terms: terms, notes: notes, any: Boolean(any), exact: exact, total: hits.length, kinds: all.kinds, departments: all.departments,
        next: function (count, done) {
          var some = hits.slice(at, at + count);
          at += some.length;
          done(some.map(shown), at < hits.length);
        }
      };
    }

    // ask has then called with what a question finds, null where that is nothing.
    function ask(q, filter, then) {
      (parts.index.pages ? askWhole : askSplit)(parts.index, q, filter, then);
    }

    function firstOf(q) { return q.terms.map(function (t) { return t[0]; }); }

    function askWhole(index, q, filter, then) {
      var hits = [], groups = [];
      inTurns(index.pages, function (page) {
        var hit = hitOf(page, q);
        if (!hit) return;
        groups.push([page.k, page.p || []]);
        if (wanted(filter, page.k, page.p || [])) hits.push(hit);
      }, function () {
        hits.sort(better);
        then(hits.length ? found(groups, hits, firstOf(q), q.notes, true, q.any) : null);
      });
    }

    // How many grams a question loads at first, and of one alternative.
    var MOST_GRAMS = 6, LEAST_GRAMS = 1;

    function askSplit(index, q, filter, then) {
      var count = q.terms.reduce(function (n, t) { return n + t.length; }, 0);
      var each = Math.max(LEAST_GRAMS, Math.floor(MOST_GRAMS / count)), loaded = [], more = [];
      q.terms.forEach(function (term) {
        term.forEach(function (alternative) {
          var grams = gramsOf(alternative);
          if (!grams[0].frequency) return; // no page has one of its characters
          loaded = loaded.concat(grams.slice(0, each));
          more = more.concat(grams.slice(each, each + MOST_GRAMS));
        });
      });
      lists(loaded, function () {
        var candidates = candidatesOf(q, each), titles = {};
        loaded.forEach(function (gram) { listOf(gram).titles.forEach(function (s) { titles[s] = (titles[s] || 0) + 1; }); });
        var width = index.groups.length > 64 ? 2 : 1;
        function group(slot) {
          var g = 0;
          for (var n = 0; n < width; n++) g = g * 64 + VALUE[index.slots[width * slot + n]];
          return index.groups[g];
        }
        function rank(slot) { return VALUE[index.ranks[slot >> 1]] >> slot % 2 * 3 & 7; }
        var groups = candidates.map(group);
        candidates = candidates.filter(function (s) { var g = group(s); return wanted(filter, g[0], g[1]); });
        candidates.sort(function (a, b) { return (titles[b] || 0) - (titles[a] || 0) || rank(a) - rank(b) || a - b; });
        var exact = !q.any && !q.terms.some(function (t) { return t.length > 1 || symbolsOf(t[0]).length > 2 || /\d/.test(t[0]); });
        var look = looker(index, candidates, q, more);
        look(1, function (hits, goesOn) { // until something is found
          if (!hits.length) { then(null); return; }
          var result = found(groups, [], firstOf(q), q.notes, exact, q.any), kept = hits;
          result.total = candidates.length;
          result.next = function (count, done) {
            if (!goesOn || kept.length >= count) { give([], goesOn); return; }
            look(count - kept.length, give);
            function give(more, again) {
              goesOn = again;
              kept = kept.concat(more).sort(better);
              var some = kept.splice(0, count);
              done(some.map(shown), goesOn || kept.length > 0);
            }
          };
          then(result);
        });
      });
    }

    // The slots that hold the loaded grams of each term, or of any.
    function candidatesOf(q, each) {
      var terms = q.terms.map(function (term) {
        return union(term.map(function (alternative) {
          var grams = gramsOf(alternative);
          if (!grams[0].frequency) return [];
          return grams.slice(0, each).map(function (g) { return listOf(g).slots; }).reduce(intersect);
        }));
      });
      return q.any ? union(terms) : terms.reduce(intersect);
    }

    // How many texts are loaded at a time; how much text a step may load before it
    // asks whether to go on, in UTF-16 units.
    var TEXTS = 6, MOST_TEXT = 30000;

    // looker reads the texts of the candidates, best first, until so many are found.
    // With the first texts come the grams that were left out, where the candidates
    // are many. done gets the hits and whether there may be more.
    function looker(index, candidates, q, more) {
      var at = 0;
      return function (count, done) {
        var hits = [], read = 0;
        function step() {
          var slots = candidates.slice(at, at + TEXTS), names = slots.map(function (s) { return 't/' + Math.floor(s / index.texts); });
          at += slots.length;
          var narrow = at < candidates.length && more;
          if (narrow) more = null;
          (narrow ? lists : function (none, then) { then(); })(narrow || [], function () {
            if (!narrow) return;
            var left = {};
            candidatesOf(q, 2 * MOST_GRAMS).forEach(function (s) { left[s] = true; });
            candidates = candidates.slice(0, at).concat(candidates.slice(at).filter(function (s) { return left[s]; }));
          });
          var fresh = unique(names).filter(function (n) { return !(n in parts); });
          need(names, function () {
            fresh.forEach(function (n) { parts[n].forEach(function (p) { read += p.x.length; }); });
            slots.forEach(function (slot, n) {
              parts[names[n]].forEach(function (page) {
                var hit = page.s === slot ? hitOf(page, q) : undefined;
                if (hit) hits.push(hit);
              });
            });
            if (at < candidates.length && (!hits.length || hits.length < count && read < MOST_TEXT)) { later(step); return; }
            done(hits.sort(better), at < candidates.length);
          });
        }
        step();
      };
    }

    /* While a reader types, and when nothing was found. */

    var MOST_SUGGESTED = 8;

    function suggest(text, then) {
      need(['words'], function () {
        var typed = fold(text), words = vocabulary(), list = [];
        if (!typed) { then([]); return; }
        words.folded.forEach(function (w, n) {
          var at = w.indexOf(typed);
          if (at >= 0) list.push({ text: words.words[n], order: at ? 2 : 0 });
        });
        words.synonyms.forEach(function (s) {
          if (fold(s[0]).indexOf(typed) === 0) list.push({ text: s[0], note: s.slice(1).join('、'), order: 1 });
        });
        words.pages.forEach(function (p) {
          if (fold(p[0]).indexOf(typed) >= 0) list.push({ text: p[0], path: p[1], order: 3 });
        });
        list.forEach(function (s, n) { s.at = n; });
        list.sort(function (a, b) { return a.order - b.order || a.at - b.at; });
        then(list.filter(function (s, n) { return list.findIndex(function (o) { return o.text === s.text; }) === n; }).slice(0, MOST_SUGGESTED));
      });
    }

    // near returns the site's words that share most with a query.
    function near(query, then) {
      need(['words'], function () {
        var typed = Array.from(fold(query).replace(/ /g, '')), words = vocabulary();
        var list = words.words.map(function (w, n) {
          var shared = Array.from(words.folded[n]).filter(function (c) { return typed.indexOf(c) >= 0; }).length;
          return { word: w, order: shared / (words.folded[n].length + typed.length), at: n };
        }).filter(function (x) { return x.order > 0.15; });
        list.sort(function (a, b) { return b.order - a.order || a.at - b.at; });
        then(list.slice(0, 6).map(function (x) { return x.word; }));
      });
    }

    return {
      find: find, suggest: suggest, near: near,
      labels: function (then) {
        need(['index'], function () { then(parts.index.kinds, parts.index.departments); });
      }
    };
  }

  return { put: put, engine: engine, fold: function (text) { return fold(text); }, slots: slotsOf };
})();
