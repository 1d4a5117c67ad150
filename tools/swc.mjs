/**
 * The one SWC configuration: the build, the tests and the development runner all compile with it,
 * so that decorator metadata and module format cannot differ between them.
 */
export const swcOptions = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'commonjs', strictMode: true, noInterop: false, ignoreDynamic: true },
  sourceMaps: true,
};
