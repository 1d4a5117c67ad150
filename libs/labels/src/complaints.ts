import { defineLabels } from './define-labels';

export const complaints = defineLabels({ values: {}, messages: {} });
