/*
 * Other readings of a query that finds nothing as it stands, for search-engine.js,
 * which loads this then: parted into words (章贡区案件), with a slip put right
 * (投拆), by the site's words in it (怎么投诉). Each reading is a function that uses
 * questions, the best first; their notes say what was read as what.
 */
wangjianSearch.put('readings', function (engine, pages) {
  'use strict';

  var parts = engine.parts, fold = engine.fold, unique = engine.unique;
  var symbolsOf = engine.symbolsOf, question = engine.question, vocabulary = engine.vocabulary;

  function isNumber(symbol) { return /^\d/.test(symbol); }

  // What a reader says around what he looks for.
  var AROUND = {};
  ('的 了 吗 呢 吧 在 是 有 和 与 及 或 我 我要 我想 你 你们 请问 怎么 怎么办 怎样 如何 哪里 哪儿 哪些 哪个 什么 为什么 多少 几个 几件 谁 能 可以 想 要 ' +
    '去 到 被 把 给 对 从 用 上 里 中 时 后 查 查询 查一下 找 看 看看 一下 有关 关于 相关 情况 有没有 是不是 是什么 是多少 买到 遇到 碰到').split(' ').forEach(function (w) { AROUND[w] = true; });

  var MOST_SYMBOLS = 24, MOST_STEPS = 3000, MOST_READINGS = 4;

  // How a term can be parted into words that pages hold, the best first: few
  // words, those of the site before others. A joint's dash is in none at an end.
  function partings(term, pagesWith) {
    var all = symbolsOf(term), found = [], steps = 0, known = vocabulary().known;
    if (all.length > MOST_SYMBOLS) return [];
    (function go(at, words, cost, holding) {
      if (at === all.length) {
        if (words.length) found.push({ words: words, cost: cost });
        return;
      }
      if (all[at] === '-') { go(at + 1, words, cost, holding); return; }
      for (var end = all.length; end > at; end--) {
        var word = all.slice(at, end).join('');
        if (++steps > MOST_STEPS) return;
        if (all[end - 1] === '-') continue;
        if (AROUND[word]) go(end, words, cost + (end - at > 1 ? 0 : 0.5), holding);
        else if (words.length < 4 && end - at < all.length && (end - at > 1 || isNumber(word))) {
          var those = pagesWith(word), both = holding ? engine.intersect(holding, those) : those;
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

  // parted uses questions with terms parted into words.
  function parted(typed, notes, use) {
    pages.withPages(typed, function (pagesWith) {
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
    engine.need(['slips'], function () {
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
      (function wait() { if (left) engine.later(wait); else use(questions); })();
    });
  }

  function loosely(typed) {
    var terms = unique([].concat.apply([], typed.map(wordsIn)));
    if (!terms.length) return [];
    var notes = terms.join(' ') === typed.join(' ') ? [] : [[typed.join(' '), terms]];
    var all = question(terms, false, notes);
    return terms.length > 1 ? [all, question(terms, true, notes)] : [all];
  }

  // near returns the site's words that share most with a query.
  function near(query) {
    var typed = Array.from(fold(query).replace(/ /g, '')), words = vocabulary();
    var list = words.words.map(function (w, n) {
      var shared = Array.from(words.folded[n]).filter(function (c) { return typed.indexOf(c) >= 0; }).length;
      return { word: w, order: shared / (words.folded[n].length + typed.length), at: n };
    }).filter(function (x) { return x.order > 0.15; });
    list.sort(function (a, b) { return b.order - a.order || a.at - b.at; });
    return list.slice(0, 6).map(function (x) { return x.word; });
  }

  return {
    near: near,
    all: function (typed) {
      return [
        function (use) { parted(typed, [], use); },
        function (use) { putRight(typed, use); },
        function (use) { use(loosely(typed)); }
      ];
    }
  };
});
