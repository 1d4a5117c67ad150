import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { dirname, extname, join } from 'node:path';
import type { RuruClientConfig } from 'ruru/server';

/** Where the explorer's scripts and styles are served; ends in a slash. */
export const explorerPath = '/explorer/';

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
};

/** A query that answers without a token, and says where one comes from. */
const firstQuery = `# The graph. Press the play button.
#
# Most of it needs a token: "npm run token" prints one.
# "Headers", at the bottom, is where it goes:
#   {"Authorization": "Bearer <token>"}

query WhatIsHere {
  __schema {
    queryType { fields { name description } }
    mutationType { fields { name description } }
  }
}
`;

/** Everything from this server, nothing from elsewhere: the page works without a network. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page for trying out queries. Loads its parts at the first visit, none of them when the gateway starts. */
export class Explorer {
  private assetFolder: string | undefined;

  /** @param graphPath address of the graph on this server */
  constructor(private readonly graphPath: string) {}

  sendPage(response: ServerResponse): void {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- not needed before the first visit
    const ruru = require('ruru/server') as typeof import('ruru/server');
    const nonce = randomBytes(16).toString('base64');
    const html = ruru
      .ruruHTML({
        endpoint: this.graphPath,
        staticPath: explorerPath,
        clientConfig: {
          defaultQuery: firstQuery,
          isHeadersEditorEnabled: true,
          showPersistHeadersSettings: true,
        } as RuruClientConfig,
        // An icon of its own, empty: browsers ask for /favicon.ico otherwise, and report that there is none.
        htmlParts: { titleTag: '<title>Anju: the graph</title><link rel="icon" href="data:,">' },
      })
      .replaceAll('<script', `<script nonce="${nonce}"`);
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
    });
    response.end(html);
  }

  /** @returns whether there is such a file */
  async sendAsset(path: string, response: ServerResponse): Promise<boolean> {
    const name = path.slice(explorerPath.length);
    const contentType = contentTypes[extname(name)];
    if (!contentType || !/^[\w.-]+$/.test(name)) return false;
    this.assetFolder ??= join(dirname(require.resolve('ruru/server')), '..', 'static');
    let content: Buffer;
    try {
      content = await readFile(join(this.assetFolder, name));
    } catch {
      return false;
    }
    response.writeHead(200, {
      'content-type': contentType,
      'content-length': content.length,
      'cache-control': 'public, max-age=3600',
    });
    response.end(content);
    return true;
  }
}
