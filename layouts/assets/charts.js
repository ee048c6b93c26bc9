/*
 * Brings the charts of a page to life.
 *
 * A chart is a <figure data-chart> with a .chart-stage, its table in
 * details.chart-data and its ECharts option in script.chart-option. In the
 * stage stand the still drawings that were made with the page, each laid out for
 * a width; the stylesheet shows one of them. They stay until a reader points at
 * the chart or taps it: only then is ECharts loaded, once, from
 * beside this file, and the live chart is laid over the still one, which goes on
 * holding the place. What it links to stays reachable by the keyboard. On paper the still one comes back. Where ECharts cannot be
 * had nothing is lost but the tooltips, and the table opens.
 *
 * The option has the data, the still drawing the marks: an element with data-n
 * shows the nth datum. ECharts' custom series draws those elements as they are
 * styled, so that the live chart stands where the still one did, in the page's
 * own colours.
 *
 * 放大 shows a chart over the whole window, in a layout for it: the program laid
 * the chart out for more widths than a page needs, in charts/ beside this file.
 * 存为PNG and 存为SVG save it with its title, source, day and address. All of them
 * do without ECharts.
 *
 * Runs from file:// and under default-src 'self': no modules, no fetch, styles
 * only through the CSSOM.
 */
(function () {
  'use strict';

  var SVG = 'http://www.w3.org/2000/svg';
  // A saved picture: the space around the drawing, the type, and how many dots a
  // px has.
  var PICTURE = { margin: 28, title: 19, note: 12, dots: 2 };
  // How many times as large as laid out a drawing stands over the whole window, at
  // the least beside how it stands in the page, and in all; in large type, where type
  // of 12 px has to be 18, at the least in all.
  var LARGER = 1.2, LARGEST = 2.2, LEAST_ELDER = 1.5;

  var here = document.currentScript && document.currentScript.src;
  var figures = [];
  var loading = null;

  // loadScript loads a script from beside this one.
  function loadScript(name) {
    return new Promise(function (done, failed) {
      var script = document.createElement('script');
      script.src = new URL(name, here || document.baseURI).href;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }

  function load() {
    if (window.echarts) return Promise.resolve(window.echarts);
    loading = loading || loadScript('echarts.min.js').then(function () {
      if (!window.echarts) throw new Error('echarts');
      return window.echarts;
    });
    return loading;
  }

  // The drawings of charts for other widths than a page has, by code: what the
  // scripts in charts/ bring.
  var drawings = {};
  window.wangjianCharts = function (code, list) {
    drawings[code] = list.map(function (svg) {
      return document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
    });
  };

  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  /* From a drawing to ECharts. */

  function number(e, name) { return parseFloat(e.getAttribute(name)); }

  var ALIGN = { middle: 'center', end: 'right' };

  // An element as ECharts draws it, in the colours that it has on the page.
  function shapeOf(e) {
    var look = getComputedStyle(e);
    var style = { fill: look.fill === 'none' ? undefined : look.fill };
    if (e.tagName === 'text') {
      style.text = e.textContent;
      style.x = number(e, 'x');
      style.y = number(e, 'y');
      style.align = ALIGN[e.getAttribute('text-anchor')] || 'left';
      style.verticalAlign = 'middle';
      style.font = look.fontWeight + ' ' + e.getAttribute('font-size') + 'px ' + look.fontFamily;
      return { type: 'text', style: style };
    }
    if (look.stroke !== 'none') {
      style.stroke = look.stroke;
      style.lineWidth = number(e, 'stroke-width') || 1;
    }
    if (e.tagName === 'circle') return { type: 'circle', shape: { cx: number(e, 'cx'), cy: number(e, 'cy'), r: number(e, 'r') }, style: style };
    return { type: 'path', shape: { pathData: e.getAttribute('d') }, style: style };
  }

  // The shapes of a drawing by the datum that they show; under 0 those of none.
  function shapesOf(svg) {
    var groups = {};
    svg.querySelectorAll('path, circle, text').forEach(function (e) {
      var n = e.getAttribute('data-n') || 0;
      (groups[n] = groups[n] || []).push(shapeOf(e));
    });
    return groups;
  }

  function group(shapes) { return { type: 'group', children: shapes || [] }; }

  // The option with the marks of a drawing: below the data, what belongs to none.
  function dressed(option, svg) {
    var groups = shapesOf(svg);
    var data = option.series[0];
    var below = {
      type: 'custom', coordinateSystem: 'none', silent: true, tooltip: { show: false }, data: [0],
      renderItem: function () { return group(groups[0]); }
    };
    var above = Object.assign({}, data, {
      coordinateSystem: 'none', cursor: 'default',
      renderItem: function (at) { return group(groups[at.dataIndex + 1]); }
    });
    return {
      animation: false, series: [below, above],
      tooltip: Object.assign({}, option.tooltip, {
        renderMode: 'richText', confine: true, transitionDuration: 0, padding: [6, 10], borderWidth: 1,
        backgroundColor: token('--surface'), borderColor: token('--line'),
        textStyle: { color: token('--ink'), fontSize: 13, lineHeight: 19, fontFamily: getComputedStyle(svg).fontFamily }
      })
    };
  }

  /* A stage: still drawings, and the live one over them. */

  function Stage(element, option) {
    this.element = element;
    this.option = option;
    this.live = null;
    this.chart = null;
    this.drawn = '';
    this.waits = false; // ECharts is on its way for it
  }

  // The still drawing that shows.
  Stage.prototype.still = function () {
    return Array.from(this.element.querySelectorAll('svg.chart-still')).filter(function (svg) {
      return svg.getBoundingClientRect().width > 0;
    })[0];
  };

  Stage.prototype.draw = function () {
    var still = this.still();
    if (!still) return;
    var box = still.viewBox.baseVal, stands = still.getBoundingClientRect();
    if (!this.live) {
      this.live = document.createElement('div');
      this.live.className = 'chart-live';
      this.element.appendChild(this.live);
    }
    this.live.style.left = stands.left - this.element.getBoundingClientRect().left - this.element.clientLeft + 'px';
    this.live.style.width = box.width + 'px';
    this.live.style.height = box.height + 'px';
    this.live.style.transform = 'scale(' + stands.width / box.width + ')';
    var option = dressed(this.option, still);
    var drawn = JSON.stringify([box.width, box.height, option, shapesOf(still)]);
    if (drawn === this.drawn) return;
    if (!this.chart) {
      this.chart = window.echarts.init(this.live, null, { renderer: 'svg', width: box.width, height: box.height });
      this.chart.on('click', this.follow.bind(this));
    }
    else this.chart.resize({ width: box.width, height: box.height });
    this.chart.setOption(option, { notMerge: true });
    this.element.classList.add('is-live');
    this.drawn = drawn;
  };

  // A mark that is a link on the still drawing leads where that does.
  Stage.prototype.follow = function (event) {
    var link = this.still().querySelector('a > [data-n="' + (event.dataIndex + 1) + '"]');
    if (link && event.seriesIndex === 1) location.href = link.parentNode.getAttribute('href');
  };

  Stage.prototype.stop = function () {
    if (this.chart) this.chart.dispose();
    if (this.live) this.element.removeChild(this.live);
    this.live = this.chart = null;
    this.drawn = '';
    this.element.classList.remove('is-live');
  };

  Stage.prototype.start = function (failed) {
    var stage = this;
    if (stage.chart || stage.waits) return;
    stage.waits = true;
    load().then(function () { stage.draw(); }).catch(function () {
      stage.stop();
      if (failed) failed();
    }).then(function () { stage.waits = false; });
  };

  /* A figure. */

  function Figure(element) {
    this.element = element;
    this.stage = new Stage(element.querySelector('.chart-stage'), JSON.parse(element.querySelector('script.chart-option').textContent));
  }

  Figure.prototype.start = function () {
    var element = this.element;
    this.stage.start(function () { element.querySelector('details.chart-data').open = true; });
  };

  Figure.prototype.text = function (name) {
    var e = this.element.querySelector(name);
    return e ? e.textContent.trim() : '';
  };

  Figure.prototype.stills = function () { return Array.from(this.element.querySelectorAll('svg.chart-still')); };

  // Of the drawings of a chart the one for a window: with the largest type with which
  // all of it shows; where none does, with the smallest, so that least is out of view.
  // Type is larger than in the page by what least says.
  function fitting(list, space, least) {
    var all = list.map(function (svg) {
      var box = svg.viewBox.baseVal, scale = space.width / box.width;
      return { svg: svg, scale: scale, fits: scale <= LARGEST && box.height * scale <= space.height };
    }).sort(function (a, b) { return b.scale - a.scale; });
    var large = all.filter(function (d) { return d.scale >= least; });
    if (!large.length) return all[0].svg;
    return (large.filter(function (d) { return d.fits; })[0] || large[large.length - 1]).svg;
  }

  // A drawing whose marks lead where those of another do.
  function linked(svg, other) {
    other.querySelectorAll('a').forEach(function (a) {
      svg.removeAttribute('role');
      var n = a.firstElementChild.getAttribute('data-n'), link = null;
      svg.querySelectorAll('[data-n="' + n + '"]').forEach(function (mark) {
        if (mark.closest('a')) return;
        if (!link) {
          link = a.cloneNode(false);
          mark.parentNode.insertBefore(link, mark);
        }
        link.appendChild(mark);
      });
    });
    return svg;
  }

  // Over the whole window, in the layout that is for it.
  Figure.prototype.full = function () {
    var dialog = document.createElement('dialog'), code = this.element.getAttribute('data-chart');
    dialog.className = 'chart-full';
    var head = document.createElement('p'), close = document.createElement('button'), holder = document.createElement('div');
    head.className = 'chart-title';
    head.textContent = this.text('.chart-title');
    close.type = 'button';
    close.className = 'chart-tool';
    close.textContent = '关闭';
    holder.className = 'chart-stage';
    [close, head, holder].forEach(function (e) { dialog.appendChild(e); });
    dialog.setAttribute('aria-label', head.textContent);
    document.body.appendChild(dialog);
    dialog.showModal();
    var stage = new Stage(holder, this.stage.option), stills = this.stills(), inPage = this.stage.still();
    var stands = inPage.getBoundingClientRect().width / inPage.viewBox.baseVal.width;
    function layOut() {
      if (!dialog.open) return;
      var least = Math.max(stands * LARGER, document.documentElement.hasAttribute('data-size') ? LEAST_ELDER : 1);
      var space = { width: holder.clientWidth, height: dialog.clientHeight - holder.offsetTop - parseFloat(getComputedStyle(dialog).paddingBottom) };
      var copy = fitting(stills.concat(drawings[code] || []), space, least).cloneNode(true);
      stage.stop();
      holder.textContent = '';
      copy.setAttribute('class', 'chart-still');
      holder.appendChild(linked(copy, inPage));
      stage.start();
    }
    layOut();
    if (!drawings[code]) loadScript('charts/' + code + '.js').then(layOut, function () {}); // without it one of the page's stays
    window.addEventListener('resize', layOut);
    close.addEventListener('click', function () { dialog.close(); });
    dialog.addEventListener('close', function () {
      window.removeEventListener('resize', layOut);
      stage.stop();
      dialog.remove();
    });
  };

  function textAt(x, y, size, colour, text, bold) {
    var e = document.createElementNS(SVG, 'text');
    e.setAttribute('x', x);
    e.setAttribute('y', y);
    e.setAttribute('font-size', size);
    e.setAttribute('fill', colour);
    if (bold) e.setAttribute('font-weight', 'bold');
    e.textContent = text;
    return e;
  }

  // Text in lines of a width.
  function lines(text, width, size, font) {
    var pen = document.createElement('canvas').getContext('2d');
    pen.font = size + 'px ' + font;
    var list = [''];
    Array.from(text).forEach(function (c) {
      if (pen.measureText(list[list.length - 1] + c).width > width) list.push('');
      list[list.length - 1] += c;
    });
    return list;
  }

  // Where the page stands on the web.
  function address() {
    var canonical = document.querySelector('link[rel="canonical"]');
    return canonical ? canonical.href : location.href.split('#')[0];
  }

  // The widest drawing in its own colours, with title, source, day and address, as
  // a document of its own.
  Figure.prototype.document = function () {
    var still = this.stills()[0].cloneNode(true);
    var m = PICTURE.margin, width = still.viewBox.baseVal.width, font = getComputedStyle(this.element).fontFamily;
    var out = document.createElementNS(SVG, 'svg'), y = m;
    out.setAttribute('xmlns', SVG);
    out.setAttribute('font-family', font);
    out.appendChild(still.querySelector('title').cloneNode(true));
    var ground = document.createElementNS(SVG, 'rect');
    ground.setAttribute('fill', '#ffffff');
    out.appendChild(ground);
    function say(text, size, colour, bold) {
      lines(text, width, size, font).forEach(function (line) {
        y += size + 6;
        out.appendChild(textAt(m, y, size, colour, line, bold));
      });
    }
    say(this.text('.chart-title'), PICTURE.title, '#1c2127', true);
    y += 14;
    still.querySelectorAll('title, desc').forEach(function (e) { e.remove(); });
    still.removeAttribute('class');
    still.setAttribute('x', m);
    still.setAttribute('y', y);
    still.setAttribute('width', width);
    still.setAttribute('height', still.viewBox.baseVal.height);
    out.appendChild(still);
    y += still.viewBox.baseVal.height + 10;
    var sample = document.querySelector('.notice-sample');
    say(this.text('.chart-credit'), PICTURE.note, '#56606b');
    say((sample ? sample.textContent.trim() + '　' : '') + address(), PICTURE.note, '#56606b');
    var size = { width: width + 2 * m, height: y + m };
    ['width', 'height'].forEach(function (k) {
      out.setAttribute(k, size[k]);
      ground.setAttribute(k, size[k]);
    });
    out.setAttribute('viewBox', '0 0 ' + size.width + ' ' + size.height);
    return out;
  };

  Figure.prototype.hand = function (blob, ending) {
    var link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = this.text('.chart-title').replace(/[\\/:*?"<>|]/g, '') + ending;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  };

  Figure.prototype.svg = function () {
    this.hand(new Blob([new XMLSerializer().serializeToString(this.document())], { type: 'image/svg+xml' }), '.svg');
  };

  // Paints an element of such a document; the security policy lets no picture be
  // loaded from memory.
  function paint(pen, e) {
    var fill = e.getAttribute('fill') || 'none', stroke = e.getAttribute('stroke') || 'none', shape = null;
    if (e.tagName === 'text') {
      pen.font = (e.getAttribute('font-weight') || 'normal') + ' ' + e.getAttribute('font-size') + 'px ' + e.closest('[font-family]').getAttribute('font-family');
      pen.textAlign = ALIGN[e.getAttribute('text-anchor')] || 'left';
      pen.textBaseline = e.getAttribute('dominant-baseline') ? 'middle' : 'alphabetic';
      pen.fillStyle = fill;
      pen.fillText(e.textContent, number(e, 'x'), number(e, 'y'));
      return;
    }
    if (e.tagName === 'rect') {
      shape = new Path2D();
      shape.rect(0, 0, number(e, 'width'), number(e, 'height'));
    } else if (e.tagName === 'circle') {
      shape = new Path2D();
      shape.arc(number(e, 'cx'), number(e, 'cy'), number(e, 'r'), 0, 2 * Math.PI);
    } else shape = new Path2D(e.getAttribute('d'));
    if (fill !== 'none') {
      pen.fillStyle = fill;
      pen.fill(shape);
    }
    if (stroke !== 'none') {
      pen.strokeStyle = stroke;
      pen.lineWidth = number(e, 'stroke-width') || 1;
      pen.stroke(shape);
    }
  }

  Figure.prototype.png = function () {
    var figure = this, drawing = figure.document(), inner = drawing.querySelector('svg');
    var canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
    canvas.width = number(drawing, 'width') * PICTURE.dots;
    canvas.height = number(drawing, 'height') * PICTURE.dots;
    pen.scale(PICTURE.dots, PICTURE.dots);
    drawing.querySelectorAll('rect, path, circle, text').forEach(function (e) {
      pen.save();
      if (inner.contains(e)) pen.translate(number(inner, 'x'), number(inner, 'y'));
      paint(pen, e);
      pen.restore();
    });
    canvas.toBlob(function (blob) { figure.hand(blob, '.png'); }, 'image/png');
  };

  // What makes a chart come to life. A finger that only scrolls does not.
  Figure.prototype.listen = function () {
    var figure = this, stage = figure.stage.element;
    var start = function () { figure.start(); };
    stage.addEventListener('pointerenter', function (event) {
      if (event.pointerType !== 'touch') start();
    });
    stage.addEventListener('click', start);
    figure.element.querySelectorAll('[data-tool]').forEach(function (button) {
      var tool = button.getAttribute('data-tool');
      button.hidden = tool === 'full' && !window.HTMLDialogElement;
      button.addEventListener('click', function () { figure[tool](); });
    });
  };

  /*
   * The explorer: the counties in one indicator, read from the tables below it. A
   * table has data-basis (数量, or a rate) and data-of, the department; those of a
   * department and a basis go on where the one before ends.
   */

  var NUMBER = /^\d+(\.\d+)?$/;

  // The columns of the tables, by department and basis: heads, and cells by region.
  // They are read once: a reader may put a table in order.
  function columns(tables) {
    var all = {};
    tables.forEach(function (table) {
      var key = table.getAttribute('data-of') + '/' + table.getAttribute('data-basis'), list = all[key] = all[key] || [];
      Array.from(table.tHead.rows[0].cells).slice(1).forEach(function (head, n) {
        list.push({
          name: head.getAttribute('data-name'), unit: head.getAttribute('data-unit'), caption: table.caption.textContent.trim(),
          cells: Array.from(table.tBodies[0].rows).map(function (row) { return (row.cells[n + 1] || row.cells[1]).firstChild.textContent.trim(); })
        });
      });
    });
    return all;
  }

  function explore(section) {
    var tables = Array.from(section.querySelectorAll('table[data-basis]')), read = columns(tables);
    var indicator = section.querySelector('.explorer-indicator'), basis = section.querySelector('.explorer-basis');
    var sort = section.querySelector('.explorer-sort'), list = section.querySelector('.explorer-list');
    var rows = Array.from(list.children), open = section.querySelector('.explorer-open'), all = section.querySelector('.explorer-tables');
    function show() {
      var chosen = indicator.options[indicator.selectedIndex], column = read[chosen.getAttribute('data-of') + '/' + basis.value][chosen.value];
      var size = function (n) { return NUMBER.test(column.cells[n]) ? parseFloat(column.cells[n]) : -1; };
      var most = Math.max.apply(null, rows.map(function (row, n) { return size(n); }));
      rows.forEach(function (row, n) {
        row.querySelector('.explorer-bar').style.width = (most > 0 ? Math.max(0, size(n)) / most * 100 : 0) + '%';
        row.querySelector('.explorer-value').textContent = column.cells[n];
      });
      var order = rows.map(function (row, n) { return n; });
      if (sort && sort.checked) order.sort(function (a, b) { return size(b) - size(a) || a - b; });
      order.forEach(function (n) { list.appendChild(rows[n]); });
      section.querySelector('.explorer-about').textContent = column.name + '，单位：' + column.unit + '。' + column.caption + '。';
    }
    tables.forEach(function (table) {
      var name = table.getAttribute('data-basis');
      if (Array.from(basis.options).some(function (o) { return o.value === name; })) return;
      basis.add(new Option(name, name));
    });
    basis.parentNode.hidden = basis.options.length < 2;
    [indicator, basis, sort].filter(Boolean).forEach(function (control) { control.addEventListener('change', show); });
    open.addEventListener('click', function () {
      open.setAttribute('aria-expanded', String(all.classList.toggle('is-open')));
    });
    show();
  }

  // Colours, contrast and text size are attributes of <html>.
  function follow() {
    var again = function () {
      figures.forEach(function (f) { if (f.stage.chart) f.stage.draw(); });
    };
    new MutationObserver(again).observe(document.documentElement, {
      attributes: true, attributeFilter: ['data-theme', 'data-contrast', 'data-size', 'class']
    });
    ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].forEach(function (query) {
      var list = window.matchMedia(query);
      if (list.addEventListener) list.addEventListener('change', again);
    });
    window.addEventListener('resize', again);
  }

  function begin() {
    document.querySelectorAll('figure[data-chart]').forEach(function (element) {
      var figure = new Figure(element);
      figures.push(figure);
      figure.listen();
    });
    if (figures.length) follow();
    document.querySelectorAll('[data-explorer]').forEach(explore);
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
