/*
 * Brings the charts of a page to life.
 *
 * A chart is a <figure data-chart> with a .chart-stage, its table in
 * details.chart-data and its ECharts option in script.chart-option. In the
 * stage stand the still drawings that were made with the page; the stylesheet
 * shows one of them. They stay until a reader points at the chart, taps it,
 * focuses it or saves it as a picture: only then is ECharts loaded, once, from
 * beside this file, and the live chart is laid over the still one, which goes
 * on holding the place. On paper the still one comes back. Where ECharts cannot
 * be had nothing is lost but the tooltips, and the table opens.
 *
 * The live chart has the size of the still one, so that nothing moves. Only in
 * large type on a narrow screen is it laid out anew, and at once: the still
 * one's text would be too small there. An option holds one layout per range of
 * widths in its media list, each with the height that it takes.
 *
 * The option's colours are those of COLOURS and are exchanged for the page's
 * custom properties; the stylesheet does the same for the still drawings.
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
  // How much smaller than the page's own type a drawing's may be.
  var SMALLEST = 0.9;
  // How much larger a chart is drawn when a reader asks for it; it is then
  // scrolled sideways.
  var ZOOM = 2;
  var NEAR = '400px 0px';
  // A saved picture: the width of the drawing, the space around it, and how
  // many dots a px has.
  var PICTURE = { width: 720, margin: 28, dots: 2 };

  var here = document.currentScript && document.currentScript.src;
  var figures = [];
  var loading = null;

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
    this.zoom = 1;
    this.waits = false; // ECharts is on its way for it
  }

  // The still drawing that shows, and its size.
  Figure.prototype.still = function () {
    var shown = null;
    this.stage.querySelectorAll('svg.chart-still').forEach(function (svg) {
      var box = svg.getBoundingClientRect();
      if (box.width > 0) shown = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height, scale: box.width / svg.viewBox.baseVal.width };
    });
    return shown;
  };

  // How much larger than the designed 16 px the page's text is.
  function typeScale() {
    return (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;
  }

  // Whether the still drawing's text is too small beside the page's.
  Figure.prototype.tooSmall = function () {
    var still = this.still();
    return !still || (typeScale() > 1 && still.scale < typeScale() * SMALLEST);
  };

  // The height that the option asks for at a width.
  Figure.prototype.heightAt = function (width) {
    var height = 360;
    (this.option.media || []).forEach(function (m) {
      var q = m.query || {};
      if (m.height && (!q.minWidth || width >= q.minWidth) && (!q.maxWidth || width <= q.maxWidth)) height = m.height;
    });
    return height;
  };

  // The size to draw at, and the scale to show it at.
  Figure.prototype.measure = function () {
    var size = this.unzoomed();
    if (this.zoom === 1 || !size) return size;
    return { width: size.width, height: size.height, scale: size.scale * this.zoom, own: true };
  };

  Figure.prototype.unzoomed = function () {
    if (!this.tooSmall()) return this.still();
    var space = this.stage.clientWidth;
    var scale = Math.max(1, Math.min(typeScale(), space / NARROWEST));
    var width = Math.floor(space / scale);
    return { width: width, height: this.heightAt(width), scale: scale, own: true };
  };

  Figure.prototype.fit = function (size) {
    this.stage.style.height = size.own ? Math.ceil(size.height * size.scale) + 'px' : '';
    this.live.style.width = size.width + 'px';
    this.live.style.height = size.height + 'px';
    this.live.style.transform = size.scale === 1 ? '' : 'scale(' + size.scale + ')';
  };

  // The option in the page's font, and in other colours.
  Figure.prototype.dressed = function (colours) {
    var option = themed(this.option, colours, '');
    option.textStyle = option.textStyle || {};
    option.textStyle.fontFamily = getComputedStyle(this.stage).fontFamily;
    return option;
  };

  Figure.prototype.draw = function () {
    var size = this.measure();
    if (size.width < 1) return;
    if (!this.live) {
      this.live = document.createElement('div');
      this.live.className = 'chart-live';
      this.stage.appendChild(this.live);
    }
    this.fit(size);
    var option = this.dressed(coloursAt(this.stage));
    var drawn = JSON.stringify([size, option]);
    if (drawn === this.drawn) return;
    if (!this.chart) this.chart = window.echarts.init(this.live, null, { renderer: 'svg', width: size.width, height: size.height });
    else this.chart.resize({ width: size.width, height: size.height });
    this.chart.setOption(option, { notMerge: true });
    this.stage.classList.add('is-live');
    this.drawn = drawn;
  };

  // No live chart: the still one stays, and the table opens.
  Figure.prototype.giveUp = function () {
    if (this.chart) this.chart.dispose();
    if (this.live) this.stage.removeChild(this.live);
    this.live = this.chart = null;
    this.drawn = '';
    this.stage.classList.remove('is-live', 'is-zoomed');
    this.stage.style.height = '';
    var table = this.element.querySelector('details.chart-data');
    if (table) table.open = true;
  };

  Figure.prototype.start = function () {
    var figure = this;
    if (figure.chart || figure.waits) return;
    figure.waits = true;
    load().then(function () { figure.draw(); }).catch(function () { figure.giveUp(); }).then(function () { figure.waits = false; });
  };

  // Larger, or as it was. The stage takes the keyboard while it can be scrolled.
  Figure.prototype.toggleZoom = function (button) {
    this.zoom = this.zoom === 1 ? ZOOM : 1;
    var zoomed = this.zoom !== 1;
    button.setAttribute('aria-pressed', String(zoomed));
    this.stage.classList.toggle('is-zoomed', zoomed);
    if (zoomed) this.stage.setAttribute('tabindex', '0');
    else {
      this.stage.removeAttribute('tabindex');
      this.stage.scrollLeft = 0;
    }
    if (this.chart) this.draw();
    else this.start();
  };

  // The live chart follows the page; one that is too small as it stands comes
  // to life where it is near.
  Figure.prototype.refresh = function () {
    if (this.chart) this.draw();
    else if (this.near && this.tooSmall()) this.start();
  };

  // A picture of the chart in its own colours, with its title, the site's name
  // and the page's note on sample data.
  Figure.prototype.picture = function () {
    var m = PICTURE.margin, width = PICTURE.width, height = this.heightAt(width);
    var box = document.createElement('div');
    var chart = window.echarts.init(box, null, { renderer: 'canvas', width: width, height: height, devicePixelRatio: PICTURE.dots });
    chart.setOption(this.dressed({}));
    var drawing = chart.renderToCanvas({ pixelRatio: PICTURE.dots, backgroundColor: '#ffffff' });
    var canvas = document.createElement('canvas');
    canvas.width = (width + 2 * m) * PICTURE.dots;
    canvas.height = (height + 2 * m + 72) * PICTURE.dots;
    var paper = canvas.getContext('2d');
    var font = getComputedStyle(this.stage).fontFamily;
    paper.scale(PICTURE.dots, PICTURE.dots);
    paper.fillStyle = '#ffffff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.fillStyle = '#1c2127';
    paper.font = 'bold 19px ' + font;
    paper.fillText(this.title(), m, m + 18, width);
    paper.drawImage(drawing, m, m + 38, width, height);
    paper.fillStyle = '#56606b';
    paper.font = '12px ' + font;
    paper.fillText(['.brand-name', '.notice-sample'].map(function (name) {
      var e = document.querySelector(name);
      return e ? e.textContent.trim() : '';
    }).filter(Boolean).join('　'), m, m + 38 + height + 28, width);
    chart.dispose();
    return canvas;
  };

  Figure.prototype.title = function () {
    return this.element.querySelector('.chart-title').textContent.trim();
  };

  Figure.prototype.save = function () {
    var figure = this;
    load().then(function () {
      figure.picture().toBlob(function (blob) {
        var link = document.createElement('a');
        link.href = URL.createObjectURL(blob);
        link.download = figure.title() + '.png';
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
      }, 'image/png');
    }).catch(function () { figure.giveUp(); });
  };

  // What makes a chart come to life. A finger that only scrolls does not.
  Figure.prototype.listen = function () {
    var figure = this;
    var start = function () { figure.start(); };
    figure.stage.addEventListener('pointerenter', function (event) {
      if (event.pointerType !== 'touch') start();
    });
    figure.stage.addEventListener('click', start);
    figure.stage.addEventListener('focusin', start);
    var zoom = figure.element.querySelector('.chart-zoom');
    if (zoom) {
      zoom.hidden = false;
      zoom.addEventListener('click', function () { figure.toggleZoom(zoom); });
    }
    var button = figure.element.querySelector('.chart-save');
    if (!button) return;
    button.hidden = false;
    button.addEventListener('focus', start);
    button.addEventListener('click', function () { figure.save(); });
  };

  // Colours, contrast and text size are attributes of <html>.
  function follow() {
    var again = function () {
      figures.forEach(function (f) { f.refresh(); });
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

  function near() {
    if (!window.IntersectionObserver) return;
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        figures.forEach(function (f) {
          if (f.element !== entry.target) return;
          f.near = entry.isIntersecting;
          f.refresh();
        });
      });
    }, { rootMargin: NEAR });
    figures.forEach(function (f) { seen.observe(f.element); });
  }

  function begin() {
    document.querySelectorAll('figure[data-chart]').forEach(function (element) {
      if (!element.querySelector('.chart-stage') || !element.querySelector('script.chart-option')) return;
      var figure = new Figure(element);
      if (!figure.option) return;
      figures.push(figure);
      figure.listen();
    });
    if (!figures.length) return;
    follow();
    near();
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
