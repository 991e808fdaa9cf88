/** Put in by the build: the version in package.json. */
declare const PRODUCT_VERSION: string;

export const version = PRODUCT_VERSION;
