/** Photographs on the phone: made small before they are kept and sent. The server makes them anew once more. */

/** Longer side, pixels; the server keeps no more. */
const LONGEST_SIDE_PX = 1600;
/** Three of these, as text, fit what the server takes at once, and get through a weak line. */
const MOST_BYTES = 600_000;
const QUALITIES = [0.82, 0.7, 0.55, 0.4];
export const MOST_PHOTOS = 3;

/** @param {number} width @param {number} height @returns {{width: number, height: number}} */
export function fitted(width, height) {
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** @param {Blob} file @returns {Promise<string>} a JPEG as base64, turned upright; rejects for what this browser cannot show */
export async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = fitted(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  for (const quality of QUALITIES) {
    const blob = await jpeg(canvas, quality);
    if (blob.size <= MOST_BYTES || quality === QUALITIES.at(-1)) return base64(blob);
  }
  throw new Error('unreachable');
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
const jpeg = (canvas, quality) => new Promise((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality);
});

/** @param {Blob} blob @returns {Promise<string>} */
const base64 = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

/** @param {string} photo @returns {string} an address that an image takes */
export const photoAddress = (photo) => `data:image/jpeg;base64,${photo}`;
