// Draws an option (JSON) at a width and gives the library's SVG; height is for
// options that name none. The layout for that width is laid over the
// option here: the library would read every component and its data twice, a
// twentieth of a drawing.
function draw(text, width, height) {
  'use strict';
  var option = JSON.parse(text);
  (option.media || []).forEach(function (m) {
    var q = m.query || {};
    if (width < (q.minWidth || 0) || width > (q.maxWidth || Infinity)) return;
    if (m.height) height = m.height;
    Object.keys(m.option).forEach(function (name) { layComponents(option, name, m.option[name]); });
  });
  delete option.media;
  option.animation = false;
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
  try {
    chart.setOption(option);
    // The library's own renderToString rounds to tenths of a px, which shows in
    // the edges of bars.
    return written(chart.getZr().painter.renderToVNode({
      animation: false, emphasis: false, willUpdate: false, compress: false, useViewBox: true
    }));
  } finally {
    chart.dispose();
  }
}

// Lists of components are merged one by one, as the library does.
function layComponents(option, name, by) {
  'use strict';
  if (!Array.isArray(by) || !Array.isArray(option[name])) return lay(option, name, by);
  by.forEach(function (part, i) { lay(option[name], i, part); });
}

// Objects are merged key by key, all else is replaced. Of a place's left, width
// and right two hold.
function lay(into, name, by) {
  'use strict';
  var own = into[name];
  if (!own || !by || typeof own !== 'object' || typeof by !== 'object' || Array.isArray(own) || Array.isArray(by)) {
    into[name] = by;
    return;
  }
  if ('right' in by) delete own.width;
  if ('width' in by) delete own.right;
  Object.keys(by).forEach(function (key) { lay(own, key, by[key]); });
}

// A node of the library's tree, and what is in it, as XML.
function written(node) {
  'use strict';
  var parts = ['<', node.tag];
  Object.keys(node.attrs || {}).forEach(function (name) {
    var value = node.attrs[name];
    if (value != null && value !== false) parts.push(' ', name, '="', escaped(value), '"');
  });
  parts.push('>');
  if (node.text != null) parts.push(escaped(node.text));
  (node.children || []).forEach(function (child) { parts.push(written(child)); });
  parts.push('</', node.tag, '>');
  return parts.join('');
}

function escaped(value) {
  'use strict';
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
