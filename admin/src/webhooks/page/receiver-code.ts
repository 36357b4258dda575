export const receiverLanguages = ['node', 'python', 'php', 'go'] as const;
export type ReceiverLanguage = (typeof receiverLanguages)[number];

/** The names of the headers that a receiver needs to verify a request. */
export interface SignatureHeaders {
  id: string;
  timestamp: string;
  signature: string;
}

/** Standard Webhooks 1.0, "Webhook headers". */
export const standardHeaders: SignatureHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
};

/** The environment variable of the secret. */
export const secretVariable = 'WEBHOOK_SECRET';

/**
 * A complete receiver that runs as is, without any package: it verifies, responds, and prints the event. The
 * signed text is `id.timestamp.body`, the key is the base64 after `whsec_`; the header can contain several
 * signatures.
 */
export const receiverCode = (language: ReceiverLanguage, headers: SignatureHeaders): string =>
  sources[language](headers);

const sources: Record<ReceiverLanguage, (headers: SignatureHeaders) => string> = {
  node: ({ id, timestamp, signature }) => `// ${secretVariable}=whsec_… node receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.${secretVariable}.replace(/^whsec_/, ''), 'base64');
const toleranceSeconds = 300;

function isGenuine(headers, body) {
  const id = headers['${id}'];
  const timestamp = headers['${timestamp}'];
  const signatures = headers['${signature}'];
  if (!id || !timestamp || !signatures) return false;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds)) return false;
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
  return signatures.split(' ').some((entry) => {
    const [version, value = ''] = entry.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the exact bytes: they are what is signed
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end('invalid signature');
  response.writeHead(204).end(); // answer first, work afterwards
  const event = JSON.parse(body);
  console.log(request.headers['${id}'], event.type, event.data);
}).listen(process.env.PORT ?? 3000);
`,

  python: ({ id, timestamp, signature }) => `# ${secretVariable}=whsec_… python3 receiver.py
import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["${secretVariable}"].removeprefix("whsec_"))
TOLERANCE_SECONDS = 300


def is_genuine(headers, body: bytes) -> bool:
    message_id = headers.get("${id}", "")
    timestamp = headers.get("${timestamp}", "")
    signatures = headers.get("${signature}", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(entry.encode(), expected.encode()) for entry in signatures.split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The exact bytes: they are what is signed.
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_genuine(self.headers, body):
            self.send_response(401)
            self.end_headers()
            self.wfile.write(b"invalid signature")
            return
        self.send_response(204)  # answer first, work afterwards
        self.end_headers()
        event = json.loads(body)
        print(self.headers["${id}"], event["type"], event["data"], flush=True)


HTTPServer(("", int(os.environ.get("PORT", 3000))), Receiver).serve_forever()
`,

  php: ({ id, timestamp, signature }) => `<?php
// ${secretVariable}=whsec_… php -S localhost:3000 receiver.php

const TOLERANCE_SECONDS = 300;

function is_genuine(string $key, string $id, string $timestamp, string $signatures, string $body): bool
{
    if (!preg_match('/^\\d+$/', $timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $entry) {
        if (hash_equals($expected, $entry)) {
            return true;
        }
    }
    return false;
}

$key = base64_decode(preg_replace('/^whsec_/', '', getenv('${secretVariable}')));
$body = file_get_contents('php://input'); // the exact bytes: they are what is signed
$id = $_SERVER['${phpName(id)}'] ?? '';
$timestamp = $_SERVER['${phpName(timestamp)}'] ?? '';
$signatures = $_SERVER['${phpName(signature)}'] ?? '';

if (!is_genuine($key, $id, $timestamp, $signatures, $body)) {
    http_response_code(401);
    exit('invalid signature');
}
http_response_code(204); // answer first; long work belongs into a queue
$event = json_decode($body, true);
error_log("$id {$event['type']} " . json_encode($event['data']));
`,

  go: ({ id, timestamp, signature }) => `// ${secretVariable}=whsec_… go run receiver.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * time.Minute

func isGenuine(key []byte, header http.Header, body []byte) bool {
	id, timestamp := header.Get("${id}"), header.Get("${timestamp}")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	for _, entry := range strings.Split(header.Get("${signature}"), " ") {
		if hmac.Equal([]byte(entry), expected) {
			return true
		}
	}
	return false
}

func main() {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("${secretVariable}"), "whsec_"))
	if err != nil {
		log.Fatal(err)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // the exact bytes: they are what is signed
		if err != nil || !isGenuine(key, r.Header, body) {
			http.Error(w, "invalid signature", http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusNoContent) // answer first, work afterwards
		log.Println(r.Header.Get("${id}"), string(body))
	})
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
`,
};

/** The name of a request header in PHP: `HTTP_WEBHOOK_ID`. */
function phpName(header: string): string {
  return `HTTP_${header.toUpperCase().replaceAll('-', '_')}`;
}
