// What of ECharts a live chart needs (layouts/assets/charts.js): one custom
// series and its tooltips. What is added here goes into
// layouts/assets/echarts.min.js by `make echarts`.
import { use, init, version } from 'echarts/core';
import { CustomChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, TooltipComponent, SVGRenderer]);

export { init, version };
