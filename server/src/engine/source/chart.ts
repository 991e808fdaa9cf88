/** The file that makes its folder a Helm chart. */
export function isChartFile(path: string): boolean {
  return /(?:^|[/\\])Chart\.ya?ml$/.test(path);
}

/** Whether a file has the name of values for a chart: `values.yaml`, `values-prod.yaml`, `prod.values.yaml`. */
export function isValuesFile(path: string): boolean {
  return /(?:^|[/\\])(?:[\w.-]+[.-])?values(?:[.-][\w.-]+)?\.ya?ml$/.test(path);
}

/** Whether a file of a chart is rendered: it lies in the chart's `templates` folder. `chartFolder` has no slash at its end. */
export function isChartTemplate(path: string, chartFolder: string): boolean {
  return path.startsWith(chartFolder === '' ? 'templates/' : `${chartFolder}/templates/`);
}
