// Draws an option (JSON) at a width and gives the library's tree of nodes; height
// is for options that name none. Only the layout for that width goes to the
// library, which would prepare them all. The tree becomes text in engine.go.
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
    return chart.getZr().painter.renderToVNode({
      animation: false, emphasis: false, willUpdate: false, compress: false, useViewBox: true
    });
  } finally {
    chart.dispose();
  }
}
