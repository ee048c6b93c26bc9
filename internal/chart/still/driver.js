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
    return chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false, useViewBox: true });
  } finally {
    chart.dispose();
  }
}
