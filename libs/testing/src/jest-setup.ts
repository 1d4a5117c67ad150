import 'reflect-metadata';

// In development graphql-js looks for a second copy of itself at every value: it decides that as it is loaded.
const mode = process.env['NODE_ENV'];
process.env['NODE_ENV'] = 'production';
jest.requireActual('graphql/jsutils/instanceOf');
process.env['NODE_ENV'] = mode;
