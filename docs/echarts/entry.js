// What of ECharts a chart of the catalogue (internal/chart) needs. A new kind of
// series or component is added here, and `make echarts` makes
// layouts/assets/echarts.min.js of it; without it the build says that the
// drawing is empty.
import { use, init, setPlatformAPI, version } from 'echarts/core';
import { BarChart, HeatmapChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendPlainComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'; // canvas: a chart saved as a picture

use([
  BarChart, HeatmapChart, ScatterChart,
  GridComponent, LegendPlainComponent, MarkLineComponent, TitleComponent, TooltipComponent,
  CanvasRenderer, SVGRenderer
]);

export { init, setPlatformAPI, version };
