import { autoContainer } from './image-auto-not-injected';
import { message } from './message';

export const podImageAuto = message({
  name: 'istioctl/pod-image-auto',
  istio: 'IST0147',
  severity: 'error',
  summary: "A Pod still has the placeholder where the injector should have put the proxy's image.",
  on: 'Workload',

  *check(workload) {
    const index = autoContainer(workload.spec);
    if (workload.writtenKind === 'Pod' && index >= 0) {
      yield {
        path: ['spec', 'containers', index, 'image'],
        message: `In a Pod that runs, the injector has replaced "auto"; "${workload.name}" still has it, so it passed no injector`,
      };
    }
  },
});
