// Draws an option (JSON) at a width; height is for options that name none.
function draw(text, width, height) {
  'use strict';
  var option = JSON.parse(text);
  (option.media || []).forEach(function (m) {
    var q = m.query || {};
    if (m.height && (!q.minWidth || width >= q.minWidth) && (!q.maxWidth || width <= q.maxWidth)) height = m.height;
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
