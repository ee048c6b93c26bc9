// Draws an option (JSON) at a width; height is for options that name none. Only
// the layout for that width goes to the library, which would prepare them all.
function draw(text, width, height) {
  'use strict';
  var option = JSON.parse(text);
  option.media = (option.media || []).filter(function (m) {
    var q = m.query || {};
    var fits = (!q.minWidth || width >= q.minWidth) && (!q.maxWidth || width <= q.maxWidth);
    if (fits && m.height) height = m.height;
    return fits;
  });
  option.animation = false;
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
  try {
    chart.setOption(option);
    // The library's own renderToString rounds to tenths of a px, which shows in
    // the edges of bars.
    return write(chart.getZr().painter.renderToVNode({
      animation: false, emphasis: false, willUpdate: false, compress: false, useViewBox: true
    }));
  } finally {
    chart.dispose();
  }
}

// Writes a node of the library's tree as XML.
function write(node) {
  'use strict';
  var attributes = Object.keys(node.attrs || {}).filter(function (name) {
    return node.attrs[name] !== false && node.attrs[name] != null;
  }).map(function (name) {
    return ' ' + name + '="' + escaped(node.attrs[name]) + '"';
  });
  return '<' + node.tag + attributes.join('') + '>' + escaped(node.text == null ? '' : node.text) +
    (node.children || []).map(write).join('') + '</' + node.tag + '>';
}

function escaped(value) {
  'use strict';
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
