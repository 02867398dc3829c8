// A stand-in for the Rust Playground, on loopback, with TLS.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";

/** A certificate for this run; its key is forgotten with it. */
function certificate() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "playground-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(dir, name));
  try {
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
      "-subj", "/CN=play.rust-lang.org", "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  } catch (error) {
    throw new Error(error.code === "ENOENT"
      ? "openssl is not on the PATH; install the package openssl"
      : `openssl makes no certificate:\n${error.stderr}`);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Notes every request and answers as the test says with `answer`. */
export async function playground() {
  const requests = [];
  const stub = { requests, answer: null };
  const server = https.createServer(certificate(), async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    requests.push({ method: request.method, url: request.url, headers: request.headers,
      body: Buffer.concat(parts).toString() });
    response.setHeader("access-control-allow-origin", "*");
    if (request.method === "OPTIONS") {
      response.setHeader("access-control-allow-headers", "content-type");
      response.setHeader("access-control-allow-methods", "GET, POST");
      response.end();
    } else if (stub.answer) {
      const { status = 200, body } = stub.answer;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    }
    // Without an answer, the reader waits.
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  stub.host = `127.0.0.1:${server.address().port}`;
  stub.close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return stub;
}
