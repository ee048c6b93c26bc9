/*
 * Finds pages in the index that internal/search wrote. No page, no network: it
 * asks for a part of the index by name (or for search-split.js and
 * search-readings.js, as split and readings), and whoever has it calls
 * wangjianSearch.put(name, data). A query is folded as the texts were, cut at
 * spaces into terms, and a page is found when its title and text hold each term,
 * whatever is before or after; but a number is found as a whole. Where no page
 * does, the query is read otherwise, and the result says how.
 *
 *   var search = wangjianSearch.engine(load, later);   load(name) leads to a put;
 *                                  later(f) calls f when the reader can go on
 *   search.find('订金 12315', {kind, department}, function (found) {...});
 *   found.next(10, function (pages) {...});        the next ten, best first
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

  var NONE = 0, POINT = 1, DASH = 2, SPACE = 3;

  function unseen(code) {
    return code === 0xad || code >= 0x200b && code <= 0x200f || code === 0x2060 || code === 0xfeff ||
      code >= 0xfe00 && code <= 0xfe0f || code >= 0xe0100 && code <= 0xe01ef;
  }

  function partsTerms(code) {
    return code <= 32 || code >= 0x7f && code <= 0xa0 || code === 33 || code === 59 || code === 63 || code === 0x3002 ||
      code === 0x1680 || code >= 0x2000 && code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x3000;
  }

  var SIGNS = [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e, 0xa1, 0xbf, 0xd7, 0xd7, 0xf7, 0xf7,
    0x2010, 0x205e, 0x20a0, 0x20cf, 0x2190, 0x2bff, 0x2e00, 0x2e7f, 0x3001, 0x3004, 0x3008, 0x3020,
    0x3030, 0x3030, 0x303d, 0x303f, 0x30a0, 0x30a0, 0x30fb, 0x30fb, 0xfe10, 0xfe6f, 0x1f000, 0x1faff];

  function isMark(code) {
    for (var n = 1; n < SIGNS.length; n += 2) if (code <= SIGNS[n]) return code >= SIGNS[n - 1];
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
      else if (isMark(code)) gap = Math.max(gap, DASH);
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

  function intersect(a, b) {
    var both = [], n = 0;
    a.forEach(function (slot) {
      while (n < b.length && b[n] < slot) n++;
      if (b[n] === slot) both.push(slot);
    });
    return both;
  }

  function symbolsOf(term) { return term.match(/\d[\d.]*|[^]/gu) || []; }

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
    var page = hit.page, f = page.f = page.f || folded(page.x), terms = hit.held;
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
      withIndex(function () {
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

    // read takes a query as it stands, else as search-readings.js reads it: the first
    // reading that finds pages.
    function read(typed, filter, then) {
      pages.ask(question(typed), filter, function (result) {
        if (result) then(result);
        else readings(function (r) { first(r.all(typed), filter, then); });
      });
    }

    function readings(then) {
      need(['readings'], function () { then(parts.readings(tools, pages)); });
    }

    var pages; // how they are found: whole, or what search-split.js makes

    function withIndex(then) {
      need(['index', 'words'], function () {
        if (pages || parts.index.pages) {
          pages = pages || whole;
          then();
        } else need(['split'], function () {
          pages = pages || parts.split(tools);
          then();
        });
      });
    }

    var tools = {
      parts: parts, need: need, later: later, fold: fold, unique: unique, intersect: intersect, symbolsOf: symbolsOf, alternatives: alternatives, question: question,
      vocabulary: vocabulary, wanted: wanted, found: found, firstOf: firstOf, hitOf: hitOf, better: better, shown: shown
    };

    function first(list, filter, then) {
      if (!list.length) { then(null); return; }
      list[0](function (questions) {
        (function next(n) {
          if (n === questions.length) { first(list.slice(1), filter, then); return; }
          pages.ask(questions[n], filter, function (result) {
            if (result) then(result); else next(n + 1);
          });
        })(0);
      });
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

    function firstOf(q) { return q.terms.map(function (t) { return t[0]; }); }

    // A whole index. ask has then called with what a question finds, null where that
    // is nothing; withPages, with what returns the pages that hold a word.
    var whole = {
      ask: function (q, filter, then) {
        var hits = [], groups = [];
        inTurns(parts.index.pages, function (page) {
          var hit = hitOf(page, q);
          if (!hit) return;
          groups.push([page.k, page.p || []]);
          if (wanted(filter, page.k, page.p || [])) hits.push(hit);
        }, function () {
          hits.sort(better);
          then(hits.length ? found(groups, hits, firstOf(q), q.notes, true, q.any) : null);
        });
      },
      withPages: function (terms, then) {
        inTurns(parts.index.pages, look, function () {
          then(function (word) {
            return parts.index.pages.filter(function (p) { return alternatives(word).some(function (w) { return holds(p, w); }); })
              .map(function (p) { return p.s; });
          });
        });
      }
    };

    return {
      find: find,
      words: function (then) { need(['words'], function () { then(vocabulary()); }); },
      near: function (query, then) {
        need(['words'], function () { readings(function (r) { then(r.near(query)); }); });
      },
      // answers has then called with the pages that are wanted by a word of a query:
      // title, path and the word, the longest of each.
      answers: function (query, then) {
        need(['words'], function () {
          var typed = fold(query), list = [];
          (parts.words.answers || []).forEach(function (page) {
            var word = page.slice(2).filter(function (w) { return placeOf(typed, fold(w), 0) >= 0; })
              .sort(function (a, b) { return b.length - a.length; })[0];
            if (word) list.push({ title: page[0], path: page[1], word: word });
          });
          then(list);
        });
      },
      labels: function (then) {
        withIndex(function () { then(parts.index.kinds, parts.index.departments); });
      }
    };
  }

  return { put: put, engine: engine, fold: function (text) { return fold(text); } };
})();
