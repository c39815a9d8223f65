// A certified OpenID provider on this machine: node server.mjs PORT REDIRECT_URI
// Its own pages ask for a login (any password will do) and for consent. A login is `subject` or `subject:name`.
import { generateKeyPairSync } from 'node:crypto';

import Provider from 'oidc-provider';

const [port, redirectUri] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'webmap',
      client_secret: 'a secret: with %41 & signs',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
  cookies: { keys: ['for a moment only'] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: `${id.split(':')[1] ?? id}@corp.example`, name: `${id} 同志` }),
  }),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'first', use: 'sig', alg: 'RS256' }] },
  pkce: { required: () => true },
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
