import { defaultProjectCalendars, projectCalendars } from '@anju/kernel';
import { defaultSalesPolicy, type SalesEnvironment } from './policy';

/** The default policy, China's calendars, and the zone of the examples. */
export const environment: SalesEnvironment = {
  policy: defaultSalesPolicy,
  calendars: projectCalendars(defaultProjectCalendars('Asia/Shanghai')),
  timeZone: 'Asia/Shanghai',
};
