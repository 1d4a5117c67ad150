import { z } from 'zod';

export const context = 'sales';
export const id = z.uuid();
export const instant = z.iso.datetime({ offset: true });
export const date = z.iso.date();
/** A member of staff by id, or the system's own name. */
export const person = z.string().min(1);
export const code = z.string().min(1).max(100);
export const money = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .describe('CNY');
export const amount = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,2})?$/)
  .describe('CNY, as it was entered');
export const area = z
  .string()
  .regex(/^\d+(\.\d{1,2})?$/)
  .describe('square metres');
export const count = z.int().min(0);
export const at = instant.describe('when it happened');
export const by = person.describe('who did it');
export const customerIds = z.array(id);
