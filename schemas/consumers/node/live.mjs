const [orchard, token] = process.argv.slice(2);
let last;

// Reads until the stream ends, and remembers where it was.
async function follow() {
  const headers = { authorization: `Bearer ${token}`, ...(last && { 'last-event-id': last }) };
  const response = await fetch(`${orchard}/api/v1/events`, { headers });
  if (!response.ok) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    blocks.forEach(take);
  }
}

function take(block) {
  const lines = block.split('\n').filter((line) => !line.startsWith(':'));
  const field = (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1).trimStart();
  if (field('data')) {
    const event = JSON.parse(field('data'));
    console.log(event.id, event.type, event.subject);
    last = field('id');
  }
}

for (;;) {
  await follow().catch((error) => console.error(error.message));
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
