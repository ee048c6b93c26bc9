/*
 * Finds pages in a split index, for search-engine.js, which loads this where the
 * index is one: takes the rarest grams of a question, intersects their lists of
 * slots, and looks into the texts of the candidates, best first, so that what it
 * shows does hold the terms.
 */
wangjianSearch.put('split', function (engine) {
  'use strict';

  var parts = engine.parts, index = parts.index, intersect = engine.intersect, symbolsOf = engine.symbolsOf;

  function isDigit(code) { return code >= 48 && code <= 57; }

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

  function union(lists) {
    var seen = {};
    lists.forEach(function (list) { list.forEach(function (slot) { seen[slot] = true; }); });
    return Object.keys(seen).map(Number).sort(function (a, b) { return a - b; });
  }

  /* Grams, as grams.go has them: of characters and whole numbers, over dashes. */

  function shardOf(gram, shards) {
    var h = 0;
    for (var n = 0; n < gram.length; n++) h = Math.imul(h, 31) + gram.charCodeAt(n) | 0;
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d);
    h ^= h >>> 12;
    return (h & shards - 1) >>> 0;
  }

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
    var code = symbol.charCodeAt(0);
    if (isDigit(code)) return /^(19[5-9]|20[0-4])\d$/.test(symbol) ? 0.5 : symbol.length > 4 ? 0.003 : [0.5, 0.2, 0.02, 0.003][symbol.length - 1];
    if (symbol.length > 1) return 0.001;
    if (!index.frequencies) {
      index.frequencies = {};
      var numbers = numbersOf(index.holds || '');
      Array.from(index.chars || '').forEach(function (c, n) { index.frequencies[c] = numbers[n] / index.count; });
    }
    return index.frequencies[symbol] || 0;
  }

  // The grams of a term, the rarest first: text, key, how likely a page is to hold
  // it, and how likely at the most, which is how likely it holds its rarest symbol.
  function gramsOf(term) {
    var all = symbolsOf(term).filter(function (s) { return s !== '-'; }), grams = [];
    for (var at = 0; at === 0 || at + 1 < all.length; at++) {
      var end = at;
      while (end < all.length && end < at + 4 && isLetter(all[end])) end++;
      if (end < at + 2) end = Math.min(at + 2, all.length);
      else if (end < at + 4 && at > 0 && isLetter(all[at - 1])) continue; // within the gram before
      var some = all.slice(at, end), each = some.map(frequency);
      grams.push({
        text: some.join(''), key: some.map(keyOf).join(''),
        frequency: each.reduce(function (product, f) { return product * f; }, 1), most: Math.min.apply(null, each)
      });
    }
    return grams.sort(function (a, b) { return a.frequency - b.frequency; });
  }

  // lists loads what the lists of grams are in.
  function lists(grams, then) {
    engine.need(grams.filter(function (g) { return g.frequency > 0; }).map(fileOf), then);
  }

  // fileOf is the name of the file that a gram's list is in.
  function fileOf(gram) { return 'g/' + shardOf(gram.key, index.shards); }

  // listOf returns the slots that hold a gram, and those that do in their title.
  function listOf(gram) {
    var shard = parts[fileOf(gram)];
    var written = (shard && Object.prototype.hasOwnProperty.call(shard, gram.key) ? shard[gram.key] : '').split('~');
    return { slots: slotsOf(written[0]), titles: slotsOf(written[1] || '') };
  }

  // How many grams of a term are loaded to find its parts.
  var MOST_PARTED = 16;

  // withPages has then called with what returns the pages that may hold a word that
  // is a part of one of the terms.
  function withPages(terms, then) {
    var grams = [], known = {};
    terms.forEach(function (term) {
      grams = grams.concat(gramsOf(term).slice(0, MOST_PARTED));
      symbolsOf(term).forEach(function (s) { if (isDigit(s.charCodeAt(0))) grams = grams.concat(gramsOf(s)); });
    });
    lists(grams, function () {
      then(function (word) {
        if (!known[word]) {
          known[word] = gramsOf(word).map(function (g) { return listOf(g).slots; }).reduce(engine.intersect);
          // What its synonyms are in has not been loaded.
          if (engine.alternatives(word).some(function (w) { return w !== word && engine.vocabulary().known[w]; })) known[word] = everywhere();
        }
        return known[word];
      });
    });
  }

  function everywhere() {
    var all = [];
    for (var slot = 0; slot < index.ranks.length * 2; slot++) all.push(slot);
    return all;
  }

  // How many grams a question loads at first, and about how many bytes of lists; how
  // many of these are of what else is in the file of a list; about how many bytes a
  // file of texts has, and the lists and texts that are loaded at first together.
  var MOST_GRAMS = 8, MOST_BYTES = 70000, OTHERS = 4000, A_TEXT = 4500, MOST_LOADED = 135000;

  function bytesOf(gram) { return OTHERS + Math.min(gram.most * index.count, index.ranks.length * 2 / 8); }

  // chosen returns the grams that are looked for of each alternative of a question's
  // terms, the rarest first: so many in all, and of so many bytes but for the first of
  // each. An alternative that no page holds has none.
  function chosen(q, most, bytes) {
    var grams = {}, turns = [];
    q.terms.forEach(function (term) {
      term.forEach(function (alternative) {
        var all = gramsOf(alternative);
        grams[alternative] = [];
        if (!all[0].frequency) return;
        all.slice(0, share(most, q, term, alternative)).forEach(function (gram, n) { turns.push({ n: n, gram: gram, of: alternative }); });
      });
    });
    turns.sort(function (a, b) { return a.n - b.n; }).forEach(function (turn) {
      var takes = bytesOf(turn.gram);
      if (turn.n && takes > bytes) return;
      bytes -= takes;
      grams[turn.of].push(turn.gram);
    });
    return grams;
  }

  function allOf(grams) { return [].concat.apply([], Object.keys(grams).map(function (alternative) { return grams[alternative]; })); }

  // How many of so many grams are of an alternative of a term: half are of what
  // was typed.
  function share(most, q, term, alternative) {
    var each = most / q.terms.length;
    if (term.length > 1) each = alternative === term[0] ? each / 2 : each / 2 / (term.length - 1);
    return Math.max(1, Math.floor(each));
  }

  function ask(q, filter, then) {
    var grams = chosen(q, MOST_GRAMS, MOST_BYTES), loaded = allOf(grams);
    lists(loaded, function () {
      var candidates = candidatesOf(q, grams), titles = {}, typed = setOf(candidatesOf(q, grams, 1)), titled = setOf(candidatesOf(q, grams, Infinity, 'titles'));
      loaded.forEach(function (gram) { listOf(gram).titles.forEach(function (s) { titles[s] = (titles[s] || 0) + 1; }); });
      var width = index.groups.length > 64 ? 2 : 1;
      function group(slot) {
        var g = 0;
        for (var n = 0; n < width; n++) g = g * 64 + VALUE[index.slots[width * slot + n]];
        return index.groups[g];
      }
      function rank(slot) { return VALUE[index.ranks[slot >> 1]] >> slot % 2 * 3 & 7; }
      var groups = candidates.map(group);
      candidates = candidates.filter(function (s) { var g = group(s); return engine.wanted(filter, g[0], g[1]); });
      candidates.sort(function (a, b) { return (typed[b] || 0) - (typed[a] || 0) || (titles[b] || 0) - (titles[a] || 0) || rank(a) - rank(b) || a - b; });
      // The longest pages, and what shares a file with one, are loaded after all
      // others, unless their title holds what is asked.
      function isLong(slot) {
        for (var n = slot - slot % index.texts, end = Math.min(n + index.texts, 2 * index.ranks.length); n < end; n++) if (rank(n) === 7) return true;
        return false;
      }
      var long = candidates.filter(function (s) { return !titled[s] && isLong(s); });
      if (long.length) candidates = candidates.filter(function (s) { return long.indexOf(s) < 0; }).concat(long);
      var others = candidates.length - long.length;
      var exact = !q.any && !q.terms.some(function (t) { return t.length > 1 || symbolsOf(t[0]).length > 2 || /\d/.test(t[0]); });
      var look = looker(candidates, others, q, sampled(q, grams, titled[candidates[0]]));
      look(1, function (hits, goesOn) { // until something is found
        if (!hits.length) { then(null); return; }
        var result = engine.found(groups, [], engine.firstOf(q), q.notes, exact, q.any), kept = hits;
        result.total = candidates.length;
        var begun = false;
        result.next = function (count, done) {
          // The first are shown at once, however few.
          if (!begun || !goesOn || kept.length >= count) { begun = true; give([], goesOn); return; }
          look(count - kept.length, give);
          function give(more, again) {
            goesOn = again;
            kept = kept.concat(more).sort(engine.better);
            var some = kept.splice(0, count);
            done(some.map(engine.shown), goesOn || kept.length > 0);
          }
        };
        then(result);
      });
    });
  }

  function setOf(slots) {
    var set = {};
    slots.forEach(function (s) { set[s] = 1; });
    return set;
  }

  // The slots that hold the chosen grams, which are loaded, of each term, or of any,
  // in the first of its alternatives (the first is what was typed); or in their titles.
  function candidatesOf(q, grams, first, where) {
    var terms = q.terms.map(function (term) {
      return union(term.slice(0, first || term.length).map(function (alternative) {
        var lists = grams[alternative].map(function (g) { return listOf(g)[where || 'slots']; });
        return lists.length ? lists.reduce(intersect) : [];
      }));
    });
    return q.any ? union(terms) : terms.reduce(intersect);
  }

  // How many texts are loaded at a time; how many from among all others at first for
  // a term of three symbols and more, whose grams may stand apart on the best pages; how
  // much text a step may load before it asks whether to go on, in UTF-16 units.
  var TEXTS = 10, SAMPLE = 8, MOST_TEXT = 30000;

  // sampled returns how many of the other texts are loaded with the first ones. That
  // the title of the best page holds all grams, and that no gram was left out, make it
  // likely that the first ones are right: for both none, for either some, for neither as
  // many as may be.
  function sampled(q, grams, titled) {
    if (!q.terms.some(function (term) { return symbolsOf(term[0]).length > 2; })) return 0;
    var bytes = 0, all = q.terms.every(function (term) {
      return term.every(function (alternative) { return grams[alternative].length === gramsOf(alternative).length; });
    });
    engine.unique(allOf(grams).map(fileOf)).forEach(function (name) {
      for (var key in parts[name]) bytes += key.length + parts[name][key].length;
    });
    var most = Math.max(0, Math.floor((MOST_LOADED - 0.7 * bytes) / A_TEXT) - TEXTS);
    return all && titled ? 0 : all || titled ? Math.min(SAMPLE, most) : most;
  }

  // spread takes so many of a list, at even distances.
  function spread(list, most) {
    return list.filter(function (s, n) { return n % Math.ceil(list.length / most) === 0; });
  }

  // nameOf is the name of the file that the text of a slot is in.
  function nameOf(slot) { return 't/' + Math.floor(slot / index.texts); }

  // looker reads the texts of the candidates, best first, until so many are found.
  // Where most of the first do not hold what is asked, the grams that were left out
  // are loaded, and those that lack one are dropped. done gets the hits and whether
  // there may be more. The first step is of some of the first others alone.
  function looker(candidates, others, q, sample) {
    var at = 0, looked = 0, right = 0, more = chosen(q, 3 * MOST_GRAMS, Infinity);

    function narrow(then) {
      var left = {}, grams = more;
      if (!grams || 2 * right >= looked) { then(); return; }
      more = null;
      lists(allOf(grams), function () {
        candidatesOf(q, grams).forEach(function (s) { left[s] = true; });
        candidates = candidates.filter(function (s, n) { return n < at || left[s]; });
        then();
      });
    }

    function hitsAmong(slots) {
      var hits = [];
      slots.forEach(function (slot) {
        parts[nameOf(slot)].forEach(function (page) {
          var hit = page.s === slot ? engine.hitOf(page, q) : undefined;
          if (hit) hits.push(hit);
        });
      });
      return hits;
    }

    return function (count, done) {
      var hits = [], read = 0;
      function step() {
        var slots = candidates.slice(at, at < others ? Math.min(at + TEXTS, others) : at + 1); // of the long ones each by itself
        var names = slots.concat(at || !sample ? [] : spread(candidates.slice(TEXTS, others), sample)).map(nameOf);
        var fresh = engine.unique(names).filter(function (n) { return !(n in parts); });
        at += slots.length;
        engine.need(names, function () {
          fresh.forEach(function (n) { parts[n].forEach(function (p) { read += p.x.length; }); });
          var found = hitsAmong(slots);
          // The others in these files are at hand.
          if (!found.length && !hits.length) {
            var rest = candidates.slice(at), near = rest.filter(function (s) { return names.indexOf(nameOf(s)) >= 0; });
            found = hitsAmong(near);
            candidates = candidates.slice(0, at).concat(near, rest.filter(function (s) { return near.indexOf(s) < 0; }));
            at += near.length;
            looked += near.length;
          }
          hits = hits.concat(found);
          looked += slots.length;
          right += found.length;
          if (at < candidates.length && (!hits.length || hits.length < count && read < MOST_TEXT)) engine.later(function () { narrow(step); });
          else done(hits.sort(engine.better), at < candidates.length);
        });
      }
      step();
    };
  }

  return { ask: ask, withPages: withPages, slots: slotsOf };
});
