import { Gauge, type Registry } from 'prom-client';

/** Figures of this process, read when somebody asks; nothing runs in between. */
export function addProcessFigures(registry: Registry): void {
  const figure = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  const cpu = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  };
  const started = Math.round(Date.now() / 1_000 - process.uptime());
  let last = performance.eventLoopUtilization();
  figure('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  figure('nodejs_heap_used_bytes', 'Memory of JavaScript objects.', () => process.memoryUsage().heapUsed);
  figure('process_cpu_seconds_total', 'User and system time.', cpu);
  figure('process_start_time_seconds', 'Start of the process, seconds since 1970.', () => started);
  figure('nodejs_eventloop_utilization', 'Share of the time since the last look that was not idle.', () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  });
}
