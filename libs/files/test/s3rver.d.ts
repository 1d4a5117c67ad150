declare module '@20minutes/s3rver' {
  const S3rver: new (options: object) => object;
  export = S3rver;
}
