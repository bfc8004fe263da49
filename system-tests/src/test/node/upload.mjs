// Uploads a file with tus-js-client as its documentation shows it:
//   node upload.mjs ENDPOINT TOKEN FILE METADATA_JSON OPTIONS_JSON
// and prints the upload's address.
import { createReadStream } from 'node:fs'
import { Upload } from 'tus-js-client'

const [endpoint, token, file, metadata, options] = process.argv.slice(2)
const delays = Array(100).fill(20)
const started = { upload: null, again: 0 }

/** Remembers the one upload of this process, as a browser's local storage would. */
const urlStorage = {
  findAllUploads: async () => (started.upload ? [started.upload] : []),
  findUploadsByFingerprint: async () => (started.upload ? [started.upload] : []),
  removeUpload: async () => {
    started.upload = null
  },
  addUpload: async (fingerprint, upload) => {
    started.upload = { ...upload, urlStorageKey: fingerprint }
    return fingerprint
  },
}

async function run() {
  const upload = new Upload(createReadStream(file), {
    endpoint,
    headers: { Authorization: `Bearer ${token}` },
    metadata: JSON.parse(metadata),
    retryDelays: delays,
    urlStorage,
    onSuccess: () => console.log(upload.url),
    onError: (error) => {
      // The last request of a parallel upload is the one that the library does not repeat by itself.
      const lost = error.originalResponse == null
      if (lost && started.again++ < 10) {
        setTimeout(run, delays[0])
      } else {
        console.error(String(error))
        process.exitCode = 1
      }
    },
    ...JSON.parse(options),
  })
  for (const previous of await upload.findPreviousUploads()) {
    upload.resumeFromPreviousUpload(previous)
  }
  upload.start()
}

await run()
