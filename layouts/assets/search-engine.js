/*
 * Finds pages in the index that internal/search wrote. No page, no network: it
 * asks for a part of the index by name, and whoever has it calls
 * wangjianSearch.put(name, data). A query is folded as the texts were, cut at
 * spaces into terms, and a page is found when its title and text hold each term
 * as it stands, whatever is before or after.
 *
 *   var search = wangjianSearch.engine(load);      load(name) leads to a put
 *   search.find('订金 12315', {kind, department}, function (found) {...});
 *   found.next(10, function (pages) {...});        the next ten, best first
 *
 * Oldest engine: Chromium 86.
 */
var wangjianSearch = (function () {
  'use strict';

  var parts = {};   // what has been put, by name
  var waiting = {}; // name → what to do when it is

  function put(name, data) {
    parts[name] = data;
    var then = waiting[name] || [];
    delete waiting[name];
    then.forEach(function (f) { f(); });
  }

  /* Folding. fold.go says what and why; both must do the same. */

  function unseen(code) {
    return code === 0xad || code >= 0x200b && code <= 0x200f || code === 0x2060 || code === 0xfeff ||
      code >= 0xfe00 && code <= 0xfe0f || code >= 0xe0100 && code <= 0xe01ef;
  }

  function foldCharacter(c) {
    var code = c.codePointAt(0);
    if (code >= 0x4e00 && code <= 0x9fff) return c;
    if (code < 0x80) return code >= 65 && code <= 90 ? c.toLowerCase() : c;
    if (unseen(code)) return '';
    var folded = '';
    Array.from(c.normalize('NFKC')).forEach(function (f) {
      var lower = f.toLowerCase();
      folded += lower.length === f.length ? lower : f === '\u0130' ? 'i' : f;
    });
    return folded;
  }

  function fold(text) {
    var folded = '';
    for (var c of text) folded += foldCharacter(c);
    return folded;
  }

  // The folded text with, for each of its units, where it is from.
  function foldWithPlaces(text) {
    var folded = '', places = [], at = 0;
    for (var c of text) {
      var f = foldCharacter(c);
      for (var n = 0; n < f.length; n++) places.push(at);
      folded += f;
      at += c.length;
    }
    places.push(at);
    return { text: folded, places: places };
  }

  var MOST_TERMS = 8;

  function termsOf(query) {
    var terms = [];
    fold(query).split(/\s+/).forEach(function (t) {
      if (t && terms.indexOf(t) < 0) terms.push(t);
    });
    return terms.slice(0, MOST_TERMS);
  }

  /* Lists of slots, as postings.go writes them. */

  var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  var VALUE = {};
  for (var d = 0; d < 64; d++) VALUE[DIGITS[d]] = d;

  function slotsOf(written) {
    var list = [], n;
    if (written[0] === '!') {
      for (n = 1; n < written.length; n++) {
        for (var bit = 0; bit < 6; bit++) if (VALUE[written[n]] >> bit & 1) list.push((n - 1) * 6 + bit);
      }
      return list;
    }
    var last = -1, value = 0, shift = 0;
    for (n = 0; n < written.length; n++) {
      var six = VALUE[written[n]];
      value |= (six & 31) << shift;
      shift += 5;
      if (six < 32) {
        last += value + 1;
        list.push(last);
        value = shift = 0;
      }
    }
    return list;
  }

  function intersect(a, b) {
    var both = [], n = 0;
    a.forEach(function (slot) {
      while (n < b.length && b[n] < slot) n++;
      if (b[n] === slot) both.push(slot);
    });
    return both;
  }

  /* Grams, as grams.go has them. */

  function shardOf(gram, shards) {
    var h = 0;
    for (var n = 0; n < gram.length; n++) h = Math.imul(h, 31) + gram.charCodeAt(n) | 0;
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d);
    h ^= h >>> 12;
    return (h & shards - 1) >>> 0;
  }

  function isASCII(c) { return c.codePointAt(0) < 128; }

  // The fewest grams that cover a term: four ASCII characters, or else two.
  function cover(term) {
    var all = Array.from(term), grams = [], at = 0;
    if (all.length === 1) return all;
    while (at < all.length) {
      var length = 0;
      while (length < 4 && at + length < all.length && isASCII(all[at + length])) length++;
      if (length < 2) length = 2;
      var from = Math.min(at, all.length - length);
      grams.push(all.slice(from, from + length).join(''));
      at += length;
    }
    return grams;
  }

  // A list of slots is the whole truth about a term that is one gram.
  function isGram(term) {
    var all = Array.from(term);
    return all.length <= 2 || all.length <= 4 && all.every(isASCII);
  }

  // How many grams a query loads. What they leave open the texts decide.
  var MOST_GRAMS = 4;

  function gramsOf(terms) {
    var grams = [], rest = [];
    terms.forEach(function (term) {
      cover(term).forEach(function (g, n) { (n === 0 ? grams : rest).push(g); });
    });
    for (var room = MOST_GRAMS - grams.length; room > 0 && rest.length; room--) {
      grams.push(rest.splice(Math.floor(rest.length / (room + 1)), 1)[0]);
    }
    return grams.slice(0, MOST_GRAMS).filter(function (g, n, all) { return all.indexOf(g) === n; });
  }

  /* Pages. A page keeps its folded words once it has been looked at. */

  function foldedOf(page) {
    if (!page.folded) page.folded = { title: foldWithPlaces(page.t), text: foldWithPlaces(page.x) };
    return page.folded;
  }

  // What a page is worth for a query; undefined when it does not hold it all. Of
  // a page too long for the index (l) only the grams know, and they say yes.
  function score(page, terms, whole) {
    var title = foldedOf(page).title.text, text = foldedOf(page).text.text, points = title === whole ? 300 : 0;
    for (var n = 0; n < terms.length; n++) {
      var inTitle = title.indexOf(terms[n]) >= 0, count = text.indexOf(terms[n]) < 0 ? 0 : text.split(terms[n]).length - 1;
      if (!inTitle && !count) {
        if (page.l) continue;
        return undefined;
      }
      points += (inTitle ? 100 : 0) + Math.min(20, count);
    }
    if (terms.length > 1 && text.indexOf(whole) >= 0) points += 50;
    return points;
  }

  function better(a, b) {
    return b.points - a.points || (a.page.r || 0) - (b.page.r || 0) ||
      (a.page.d === b.page.d ? a.page.s - b.page.s : (a.page.d || '') < (b.page.d || '') ? 1 : -1);
  }

  // Cuts a text into [words, marked] around what was found.
  function marked(text, folded, terms, from, to) {
    var hits = [];
    terms.forEach(function (term) {
      for (var at = folded.text.indexOf(term); at >= 0; at = folded.text.indexOf(term, at + 1)) {
        // A character may fold to several units: the hit ends where the next one starts.
        var end = folded.places[at + term.length], last = at + term.length;
        while (end === folded.places[last - 1] && last < folded.places.length - 1) end = folded.places[++last];
        if (folded.places[at] < to && end > from) hits.push([Math.max(from, folded.places[at]), Math.min(to, end)]);
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

  // What to show of a page: its title and one or two places of its text with
  // the terms marked, and the heading that the first stands under.
  function shown(page, terms) {
    var title = foldedOf(page).title, folded = foldedOf(page).text;
    var result = {
      path: page.u, title: marked(page.t, title, terms, 0, page.t.length), date: page.d || '',
      kind: page.k, departments: page.p || [], excerpts: [], anchor: '', heading: '', deep: false
    };
    var places = [];
    terms.forEach(function (term) {
      if (page.l && title.text.indexOf(term) < 0 && folded.text.indexOf(term) < 0) result.deep = true;
      var at = folded.text.indexOf(term);
      // The page's head repeats its title: a place further down tells more.
      var next = folded.text.indexOf(term, at + 1);
      if (at >= 0 && next >= 0 && folded.places[at] < page.t.length + 2) at = next;
      if (at >= 0) places.push(folded.places[at]);
    });
    places.sort(function (a, b) { return a - b; });
    var shownTo = -1;
    places.forEach(function (place) {
      if (place < shownTo || result.excerpts.length === MOST_EXCERPTS) return;
      var from = boundary(page.x, Math.max(0, place - BEFORE)), to = boundary(page.x, Math.min(page.x.length, place + AFTER));
      from = Math.max(from, shownTo);
      var pieces = marked(page.x, folded, terms, from, to);
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

  function engine(load) {
    var asked = {};

    function need(names, then) {
      var missing = names.filter(function (n) { return !(n in parts); }), left = missing.length;
      if (!left) { then(); return; }
      missing.forEach(function (name) {
        (waiting[name] = waiting[name] || []).push(function () { if (--left === 0) then(); });
      });
      missing.forEach(function (name) {
        if (!asked[name]) { asked[name] = true; load(name); }
      });
    }

    function wanted(filter, kind, departments) {
      return (filter.kind === undefined || filter.kind === kind) &&
        (filter.department === undefined || departments.indexOf(filter.department) >= 0);
    }

    // find returns: total (how many pages, at most so many unless exact), kinds and
    // departments (how many of each, whatever the filter), and next.
    function find(query, filter, then) {
      need(['index'], function () {
        var terms = termsOf(query), index = parts.index;
        if (!terms.length) { then(found([], [], terms, true)); return; }
        (index.pages ? findWhole : findSplit)(index, terms, terms.join(' '), filter || {}, then);
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

    function found(groups, ready, terms, exact) {
      var all = counts(groups), at = 0;
      return {
        terms: terms, exact: exact, total: ready.length, kinds: all.kinds, departments: all.departments,
        next: function (count, done) {
          var pages = ready.slice(at, at + count);
          at += pages.length;
          done(pages.map(function (p) { return shown(p, terms); }), at < ready.length);
        }
      };
    }

    function findWhole(index, terms, whole, filter, then) {
      var hits = [], groups = [];
      index.pages.forEach(function (page) {
        var points = score(page, terms, whole);
        if (points === undefined) return;
        groups.push([page.k, page.p || []]);
        if (wanted(filter, page.k, page.p || [])) hits.push({ page: page, points: points });
      });
      hits.sort(better);
      then(found(groups, hits.map(function (h) { return h.page; }), terms, true));
    }

    function findSplit(index, terms, whole, filter, then) {
      var grams = gramsOf(terms);
      need(grams.map(function (g) { return 'g/' + shardOf(g, index.shards); }), function () {
        var candidates = null, titles = {};
        grams.forEach(function (gram) {
          var written = (parts['g/' + shardOf(gram, index.shards)][gram] || '').split('~');
          var slots = slotsOf(written[0]);
          candidates = candidates ? intersect(candidates, slots) : slots;
          slotsOf(written[1] || '').forEach(function (s) { titles[s] = (titles[s] || 0) + 1; });
        });
        function group(slot) { return index.groups[VALUE[index.slots[2 * slot]] * 64 + VALUE[index.slots[2 * slot + 1]]]; }
        var groups = candidates.map(group);
        candidates = candidates.filter(function (s) { var g = group(s); return wanted(filter, g[0], g[1]); });
        candidates.sort(function (a, b) {
          return (titles[b] || 0) - (titles[a] || 0) || VALUE[index.ranks[a]] - VALUE[index.ranks[b]] || a - b;
        });
        var result = found(groups, [], terms, terms.length <= MOST_GRAMS && terms.every(isGram));
        result.total = candidates.length;
        result.next = looker(index, candidates, terms, whole);
        then(result);
      });
    }

    // How much text a step may load before it asks whether to go on, in UTF-16
    // units; Chinese takes three bytes for each.
    var MOST_TEXT = 30000;

    // looker reads the texts of the candidates, best first. done gets the pages
    // and whether there may be more.
    function looker(index, candidates, terms, whole) {
      var at = 0;
      return function (count, done) {
        var hits = [], read = 0;
        function step() {
          var slots = candidates.slice(at, at + Math.max(1, Math.min(count - hits.length, 5)));
          at += slots.length;
          var names = slots.map(function (s) { return 't/' + Math.floor(s / index.texts); })
            .filter(function (n, i, all) { return all.indexOf(n) === i; });
          var fresh = names.filter(function (n) { return !(n in parts); });
          need(names, function () {
            fresh.forEach(function (n) { parts[n].forEach(function (p) { read += p.x.length; }); });
            slots.forEach(function (slot) {
              parts['t/' + Math.floor(slot / index.texts)].forEach(function (page) {
                var points = page.s === slot ? score(page, terms, whole) : undefined;
                if (points !== undefined) hits.push({ page: page, points: points });
              });
            });
            if (at < candidates.length && hits.length < count && read < MOST_TEXT) { step(); return; }
            hits.sort(better);
            done(hits.map(function (h) { return shown(h.page, terms); }), at < candidates.length);
          });
        }
        step();
      };
    }

    return {
      find: find,
      labels: function (then) {
        need(['index'], function () { then(parts.index.kinds, parts.index.departments); });
      }
    };
  }

  return { put: put, engine: engine, fold: fold, slots: slotsOf };
})();
