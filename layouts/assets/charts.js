/*
 * Draws the charts of a page.
 *
 * A chart is a <figure data-chart> with a .chart-stage, its table in
 * details.chart-data and its ECharts option in script.chart-option. When a
 * figure comes near the window, ECharts is loaded once from beside this file
 * and the option is drawn into the stage. Whatever stands in the stage before
 * (a still drawing) stays until then. Where ECharts cannot be had or a drawing
 * fails, the table opens instead.
 *
 * An option holds one layout per range of widths in its media list, each with
 * the height that it takes; its colours are those of COLOURS and are exchanged
 * for the page's custom properties. Text grows with the root's font size.
 *
 * Runs from file:// and under default-src 'self': no modules, no fetch, styles
 * only through the CSSOM.
 */
(function () {
  'use strict';

  // The fallback colours of internal/chart/palette.go and the page's names.
  var COLOURS = {
    '#be3029': '--chart-1',
    '#8793a1': '--chart-2',
    '#1d6cc0': '--chart-3',
    '#bb8a12': '--chart-4',
    '#2b8a60': '--chart-5',
    '#b0529f': '--chart-6',
    '#1c2127': '--ink',
    '#56606b': '--ink-soft',
    '#d3d8de': '--line',
    '#ffffff': '--paper'
  };
  // The least width that the options are laid out for.
  var NARROWEST = 160;
  // An A4 page between its margins.
  var PRINT_WIDTH = 640;
  var NEAR = '400px 0px';

  var here = document.currentScript && document.currentScript.src;
  var figures = [];
  var loading = null;
  var printing = false;

  function load() {
    if (window.echarts) return Promise.resolve(window.echarts);
    if (!loading) {
      loading = new Promise(function (done, failed) {
        var script = document.createElement('script');
        script.src = new URL('echarts.min.js', here || document.baseURI).href;
        script.onload = function () {
          if (window.echarts) done(window.echarts);
          else failed(new Error('echarts'));
        };
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }
    return loading;
  }

  // A copy of the option in other colours; only what names a colour is looked
  // at, never data.
  function themed(value, colours, key) {
    if (Array.isArray(value)) {
      return value.map(function (v) { return themed(v, colours, key); });
    }
    if (value && typeof value === 'object') {
      var copy = {};
      Object.keys(value).forEach(function (k) { copy[k] = themed(value[k], colours, k); });
      return copy;
    }
    return (/color$/i.test(key) && colours[value]) || value;
  }

  // What the page has for each colour. The paper is whatever lies behind the
  // stage: labels and gaps are laid on it.
  function coloursAt(stage) {
    var page = getComputedStyle(document.documentElement);
    var colours = {};
    Object.keys(COLOURS).forEach(function (own) {
      colours[own] = page.getPropertyValue(COLOURS[own]).trim();
    });
    for (var e = stage; e; e = e.parentElement) {
      var behind = getComputedStyle(e).backgroundColor;
      if (behind && behind !== 'transparent' && behind !== 'rgba(0, 0, 0, 0)') {
        colours['#ffffff'] = behind;
        break;
      }
    }
    return colours;
  }

  function read(script) {
    try {
      return JSON.parse(script.textContent);
    } catch (broken) {
      return null;
    }
  }

  function Figure(element) {
    this.element = element;
    this.stage = element.querySelector('.chart-stage');
    this.option = read(element.querySelector('script.chart-option'));
    this.live = null;
    this.chart = null;
    this.drawn = '';
  }

  // How much larger than the designed 16 px the page's text is, as far as the
  // narrowest layout allows.
  Figure.prototype.scale = function () {
    var size = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    return Math.max(1, Math.min(size / 16, this.stage.clientWidth / NARROWEST));
  };

  // The height that the option asks for at a width.
  Figure.prototype.heightAt = function (width) {
    var height = Number(this.stage.getAttribute('data-height')) || 360;
    ((this.option && this.option.media) || []).forEach(function (m) {
      var q = m.query || {};
      if (m.height && (!q.minWidth || width >= q.minWidth) && (!q.maxWidth || width <= q.maxWidth)) height = m.height;
    });
    return height;
  };

  // The size to draw at, and the scale to show it at.
  Figure.prototype.measure = function (printWidth) {
    var scale = printWidth ? 1 : this.scale();
    var space = printWidth || this.stage.clientWidth;
    var width = Math.floor(space / scale);
    return { width: width, height: this.heightAt(width), scale: scale };
  };

  // Keeps the place of a chart that is still to be drawn.
  Figure.prototype.reserve = function () {
    if (this.stage.firstElementChild) return;
    var size = this.measure();
    if (size.width > 0) this.stage.style.minHeight = Math.ceil(size.height * size.scale) + 'px';
  };

  Figure.prototype.fit = function (size) {
    this.stage.style.minHeight = '';
    this.stage.style.height = Math.ceil(size.height * size.scale) + 'px';
    this.live.style.width = size.width + 'px';
    this.live.style.height = size.height + 'px';
    this.live.style.transformOrigin = '0 0';
    this.live.style.transform = size.scale === 1 ? '' : 'scale(' + size.scale + ')';
  };

  // The option in the page's colours and font; on paper in its own colours.
  Figure.prototype.dressed = function (printing) {
    var option = themed(this.option, printing ? {} : coloursAt(this.stage), '');
    option.textStyle = option.textStyle || {};
    option.textStyle.fontFamily = getComputedStyle(this.stage).fontFamily;
    return option;
  };

  Figure.prototype.draw = function (printWidth) {
    var size = this.measure(printWidth);
    if (size.width < 1) return;
    if (!this.live) {
      this.live = document.createElement('div');
      this.live.className = 'chart-live';
      this.stage.appendChild(this.live);
    }
    this.fit(size);
    var option = this.dressed(Boolean(printWidth));
    var drawn = JSON.stringify([size, option]);
    if (drawn === this.drawn) return;
    if (!this.chart) {
      this.chart = window.echarts.init(this.live, null, { renderer: 'svg', width: size.width, height: size.height });
      this.settle();
    } else {
      this.chart.resize({ width: size.width, height: size.height });
    }
    this.chart.setOption(option, { notMerge: true });
    this.drawn = drawn;
  };

  // The live chart takes over: a still drawing leaves, the stage is followed.
  Figure.prototype.settle = function () {
    var child = this.stage.firstChild;
    while (child) {
      var next = child.nextSibling;
      if (child !== this.live) this.stage.removeChild(child);
      child = next;
    }
    var figure = this;
    var again = function () {
      if (!printing) figure.draw();
    };
    if (window.ResizeObserver) new ResizeObserver(again).observe(this.stage);
    else window.addEventListener('resize', again);
  };

  // No chart: the table opens, and an empty stage leaves.
  Figure.prototype.giveUp = function () {
    if (this.live) this.stage.removeChild(this.live);
    this.live = this.chart = null;
    this.stage.style.minHeight = this.stage.style.height = '';
    if (!this.stage.firstElementChild) this.stage.hidden = true;
    this.openTable();
  };

  Figure.prototype.openTable = function () {
    var table = this.element.querySelector('details.chart-data');
    if (table && !table.open) {
      table.open = true;
      return table;
    }
    return null;
  };

  Figure.prototype.start = function () {
    var figure = this;
    if (!figure.option) figure.giveUp();
    else load().then(function () { figure.draw(); }).catch(function () { figure.giveUp(); });
  };

  // Colours, contrast and text size are attributes of <html>.
  function follow() {
    var again = function () {
      figures.forEach(function (f) {
        if (f.chart) f.draw();
        else f.reserve();
      });
    };
    new MutationObserver(again).observe(document.documentElement, {
      attributes: true, attributeFilter: ['data-theme', 'data-contrast', 'data-size', 'class']
    });
    ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].forEach(function (query) {
      var list = window.matchMedia(query);
      if (list.addEventListener) list.addEventListener('change', again);
    });
  }

  // Paper takes the charts at its own width and in their own colours; a chart
  // that is not drawn yet shows its table there.
  function print() {
    var opened = [];
    window.addEventListener('beforeprint', function () {
      printing = true;
      figures.forEach(function (f) {
        if (window.echarts && f.option && !f.stage.hidden) f.draw(PRINT_WIDTH);
        if (f.chart) return;
        var table = f.openTable();
        if (table) opened.push(table);
      });
    });
    window.addEventListener('afterprint', function () {
      printing = false;
      opened.splice(0).forEach(function (table) { table.open = false; });
      figures.forEach(function (f) { if (f.chart) f.draw(); });
    });
  }

  function begin() {
    document.querySelectorAll('figure[data-chart]').forEach(function (element) {
      if (!element.querySelector('.chart-stage') || !element.querySelector('script.chart-option')) return;
      figures.push(new Figure(element));
    });
    if (!figures.length) return;
    figures.forEach(function (f) { f.reserve(); });
    follow();
    print();
    if (!window.IntersectionObserver) {
      figures.forEach(function (f) { f.start(); });
      return;
    }
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        seen.unobserve(entry.target);
        figures.forEach(function (f) { if (f.element === entry.target) f.start(); });
      });
    }, { rootMargin: NEAR });
    figures.forEach(function (f) { seen.observe(f.element); });
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
