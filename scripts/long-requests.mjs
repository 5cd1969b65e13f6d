/**
 * Lets an upload take as long as it takes. Node.js ends a request after five minutes by default,
 * which a large file on a slow disk exceeds; the limit on headers stays.
 */
import http from 'node:http';

const createServer = http.createServer;

http.createServer = (...options) => {
  const server = createServer(...options);
  server.requestTimeout = 0;
  return server;
};
